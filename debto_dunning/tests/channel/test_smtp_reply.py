"""Refusals of real mail servers, and what they are about."""

import email
import email.policy
import smtplib

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests.common import BaseCase, tagged

from ...tools import smtp_reply
from ...tools.smtp_reply import ADDRESS, MAILBOX_FULL, SENDER, SERVER, TEMPORARY

FUZZ = settings(max_examples=300, deadline=None, database=None, derandomize=True)
VERDICTS = {ADDRESS, MAILBOX_FULL, SENDER, SERVER, TEMPORARY}

#: Replies to the recipient or to the text, by the programs and services that give them: (code, words, verdict).
REPLIES = (
    # the recipient's address does not exist
    (550, "5.1.1 <bob@example.com>: Recipient address rejected: User unknown in virtual mailbox table", ADDRESS),
    (550, "5.1.1 <bob@example.com>: Recipient address rejected: User unknown in local recipient table", ADDRESS),
    (550, "<bob@example.com>: Recipient address rejected: User unknown in relay recipient table", ADDRESS),
    (550, "5.1.1 The email account that you tried to reach does not exist. Please try\n5.1.1 double-checking the "
          "recipient's email address for typos or\n5.1.1 unnecessary spaces. https://support.google.com/mail/?p="
          "NoSuchUser a1si12345 - gsmtp", ADDRESS),
    (550, "5.2.1 The email account that you tried to reach is disabled. "
          "https://support.google.com/mail/?p=DisabledUser", ADDRESS),
    (550, "5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient bob@example.com not found by SMTP address lookup",
     ADDRESS),
    (550, "5.1.1 RESOLVER.ADR.RecipNotFound; not found", ADDRESS),
    (550, "5.5.0 Requested action not taken: mailbox unavailable (S2017062302)", SERVER),
    (550, "Requested action not taken: mailbox unavailable", ADDRESS),
    (550, "Unrouteable address", ADDRESS),
    (550, "No Such User Here", ADDRESS),
    (550, "No such recipient here", ADDRESS),
    (550, "unknown user <bob@example.com>", ADDRESS),
    (550, "Unknown local part bob in <bob@example.com>", ADDRESS),
    (550, "User unknown", ADDRESS),
    (550, "#5.1.0 Address rejected.", ADDRESS),
    (550, "5.1.0 Address rejected", ADDRESS),
    (553, "5.1.2 <bob@exmaple.com>: Recipient address rejected: Domain not found", ADDRESS),
    (553, "5.1.3 <bob@@example.com>: Invalid address syntax", ADDRESS),
    (553, "sorry, no mailbox here by that name. (#5.1.1)", ADDRESS),
    (554, "delivery error: dd This user doesn't have a yahoo.com account (bob@yahoo.com) [0] - mta1234.mail", ADDRESS),
    (554, "delivery error: dd Sorry your message to bob@aol.com cannot be delivered. This mailbox is disabled "
          "(554.30).", ADDRESS),
    (550, "The mailbox is not found", ADDRESS),
    (550, "mailbox not found", ADDRESS),
    (550, "5.1.6 recipient no longer on server", ADDRESS),
    (551, "User not local; please try <bob@example.org>", ADDRESS),
    (556, "5.1.10 Recipient address has null MX", ADDRESS),
    (556, "Domain does not accept mail", ADDRESS),
    (550, "Account inactive", ADDRESS),
    (550, "5.1.4 Destination mailbox address ambiguous", ADDRESS),
    # the mailbox is full
    (552, "5.2.2 The email account that you tried to reach is over quota and inactive. "
          "https://support.google.com/mail/?p=OverQuotaPerm", MAILBOX_FULL),
    (452, "4.2.2 The email account that you tried to reach is over quota.", MAILBOX_FULL),
    (554, "5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException", MAILBOX_FULL),
    (552, "Mailbox size limit exceeded", MAILBOX_FULL),
    (550, "Mailbox quota exceeded", MAILBOX_FULL),
    (552, "Requested mail action aborted: exceeded storage allocation", MAILBOX_FULL),
    (550, "Mailbox is full / Blocks limit exceeded / Inode limit exceeded", MAILBOX_FULL),
    # the sender may not, or not now
    (550, "5.4.5 Daily user sending limit exceeded. For more information on Gmail sending limits go to "
          "https://support.google.com/a/answer/166852 - gsmtp", SENDER),
    (550, "5.4.5 Daily sending quota exceeded. - gsmtp", SENDER),
    (550, "5.7.60 SMTP; Client does not have permissions to send as this sender", SENDER),
    (554, "5.2.0 STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied; Failed to process "
          "message due to a permanent exception with message Cannot submit message.", SENDER),
    (554, "5.2.0 STOREDRV.Deliver; delivery result banner", SERVER),
    (550, "5.1.8 Access denied, bad outbound sender AS(42003)", SENDER),
    (553, "5.1.8 <info@company.invalid>: Sender address rejected: Domain not found", SENDER),
    (550, "5.1.7 <info@company>: Sender address rejected: undeliverable address", SENDER),
    (550, "5.1.0 <info@company.example> sender rejected", SENDER),
    (550, "5.1.90 Your message can't be sent because you've reached your daily limit for message recipients", SENDER),
    (554, "5.7.1 <bob@example.com>: Relay access denied", SENDER),
    (554, "<bob@example.com>: Relay access denied", SENDER),
    (550, "5.7.54 SMTP; Unable to relay recipient in non-accepted domain", SENDER),
    (550, "relay not permitted", SENDER),
    (550, "Relaying denied", SENDER),
    (553, "sorry, that domain isn't in my list of allowed rcpthosts; no valid cert for gatewaying (#5.7.1)", SENDER),
    (553, "5.7.1 <info@company.example>: Sender address rejected: not owned by user robot", SENDER),
    (550, "5.7.26 This mail has been blocked because the sender is unauthenticated. Gmail requires all senders to "
          "authenticate with either SPF or DKIM.", SENDER),
    (550, "5.7.23 The message was rejected because of Sender Policy Framework violation", SENDER),
    (550, "5.7.509 Access denied, sending domain company.example does not pass DMARC verification", SENDER),
    (550, "5.7.708 Service unavailable. Access denied, traffic not accepted from this IP.", SENDER),
    (530, "5.7.57 SMTP; Client was not authenticated to send anonymous mail during MAIL FROM", SENDER),
    (530, "5.5.1 Authentication Required.", SENDER),
    (554, "5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org", SENDER),
    (550, "Sender verify failed", SENDER),
    (550, "Verification failed for <info@company.example>\nCalled: 192.0.2.1\nUnrouteable address\nSender verify "
          "failed", SENDER),
    (550, "Message rejected: your account has exceeded its hourly limit", SENDER),
    # the server, or this message
    (552, "5.3.4 Message size exceeds fixed limit", SERVER),
    (552, "message size exceeds maximum permitted", SERVER),
    (552, "5.2.3 Message exceeds maximum fixed size", SERVER),
    (554, "5.6.0 Message contains invalid header", SERVER),
    (550, "5.7.1 Message content rejected, UBE, id=04169-02", SERVER),
    (554, "5.7.1 [CS] Message blocked due to spam content in the message.", SERVER),
    (550, "High probability of spam", SERVER),
    (550, "5.4.1 Recipient address rejected: Access denied. AS(201806281)", SERVER),
    (554, "5.4.14 Hop count exceeded - possible mail loop", SERVER),
    (554, "5.3.0 Other mail system problem 550-'Administrative prohibition'", SERVER),
    (550, "Administrative prohibition", SERVER),
    (554, "Transaction failed", SERVER),
    (501, "5.5.4 Invalid argument", SERVER),
    (521, "Host does not accept mail", SERVER),
    # later
    (450, "4.2.0 <bob@example.com>: Recipient address rejected: Greylisted, see http://postgrey.example", TEMPORARY),
    (451, "4.7.1 Greylisting in action, please come back later", TEMPORARY),
    (450, "4.1.1 <bob@example.com>: Recipient address rejected: unverified address", TEMPORARY),
    (450, "<bob@example.com>: Recipient address rejected: User unknown in local recipient table", TEMPORARY),
    (421, "4.7.28 Our system has detected an unusual rate of unsolicited mail", TEMPORARY),
    (452, "4.3.1 Insufficient system storage", TEMPORARY),
    (450, "4.2.1 The user you are trying to contact is receiving mail at a rate that prevents", TEMPORARY),
    (451, "Temporary local problem - please try later", TEMPORARY),
    (554, "4.7.5 Certificate validation failure", TEMPORARY),
)


@tagged("post_install", "-at_install")
class TestReplies(BaseCase):
    def test_replies_by_what_they_are_about(self):
        for code, words, expected in REPLIES:
            for error in (
                smtplib.SMTPRecipientsRefused({"bob@example.com": (code, words.encode())}),
                smtplib.SMTPDataError(code, words.encode()),
            ):
                with self.subTest(code=code, words=words, error=type(error).__name__):
                    reply = smtp_reply.parse_failure(
                        f"Mail Delivery Failed\nZustellung über «None» gescheitert.\n{type(error).__name__}: {error}")

                    self.assertEqual((reply.code, reply.text), (code, words))
                    self.assertEqual(smtp_reply.judge(reply), expected)

    def test_whoever_refuses_the_sender_refuses_every_mail(self):
        for code, words in ((550, b"5.1.1 User unknown"), (550, b"mailbox unavailable"), (501, b"5.1.7 Bad sender")):
            error = smtplib.SMTPSenderRefused(code, words, "info@company.example")

            reply = smtp_reply.parse_failure(f"{type(error).__name__}: {error}")

            self.assertEqual(smtp_reply.judge(reply), SENDER)

    def test_connection_that_was_not_made(self):
        for text, expected in (
            ("535\nb'5.7.8 Error: authentication failed: UGFzc3dvcmQ6'", SENDER),
            ("535\nb'5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled'", SENDER),
            ("454\nb'4.7.0 Temporary authentication failure'", TEMPORARY),
            ("421\nb'4.3.2 Service shutting down'", TEMPORARY),
            ("554\nb'5.7.1 Your host is listed'", SENDER),
            ("[Errno 111] Connection refused", TEMPORARY),
            ("[Errno -2] Name or service not known", TEMPORARY),
            ("timed out after 550 seconds at smtp.example.com:587 of 4.4.4.4", TEMPORARY),
            ("Connection unexpectedly closed", TEMPORARY),
            ("Missing SMTP Server\nPlease define at least one SMTP server", TEMPORARY),
            ("", TEMPORARY),
            (None, TEMPORARY),
        ):
            with self.subTest(text=text):
                self.assertEqual(smtp_reply.judge(smtp_reply.parse_failure(text)), expected)

    def test_words_in_addresses_and_links_say_nothing(self):
        reply = smtp_reply.Reply(
            550, None, "<sender@spam-relay.example>: No such user, see https://relay.example/spam")

        self.assertEqual(smtp_reply.judge(reply), ADDRESS)

    def test_status_is_no_version_and_no_ip_address(self):
        for text, expected in (
            ("5.1.1 unknown", (5, 1, 1)), ("no mailbox (#5.1.1)", (5, 1, 1)), ("said: 550 5.1.10 unknown", (5, 1, 10)),
            ("first line\n550-5.2.1 disabled", (5, 2, 1)), ("host 5.1.1.7 said no", None), ("10.5.1.1 said no", None),
            ("Exim 4.94.2", None), ("sendmail 8.5.1.1", None), ("", None),
        ):
            with self.subTest(text=text):
                self.assertEqual(smtp_reply.parse_status(text), expected)

    @FUZZ
    @given(st.integers(200, 599), st.binary(max_size=80), st.sampled_from(sorted(smtp_reply.STAGES)))
    def test_whatever_a_server_writes_has_a_verdict(self, code, words, name):
        reply = smtp_reply.parse_failure(f"{name}: ({code}, {words!r})")

        self.assertEqual(reply.code, code)
        self.assertIn(smtp_reply.judge(reply), VERDICTS)

    @FUZZ
    @given(st.text(max_size=200))
    def test_whatever_text_has_a_verdict(self, text):
        self.assertIn(smtp_reply.judge(smtp_reply.parse_failure(text)), VERDICTS)


REPORT = """\
From: MAILER-DAEMON@mx.example.com
Subject: {subject}
Content-Type: multipart/report; report-type={kind}; boundary="B"

--B
Content-Type: text/plain

{words}

--B
Content-Type: {part}

Reporting-MTA: dns; mx.example.com

{fields}

--B--
"""


def report(fields="", words="This is the mail system.", subject="Undelivered Mail", kind="delivery-status"):
    part = "message/disposition-notification" if kind.startswith("disp") else "message/delivery-status"
    text = REPORT.format(fields=fields, words=words, subject=subject, kind=kind, part=part)
    return smtp_reply.read_report(email.message_from_string(text, policy=email.policy.SMTP))


@tagged("post_install", "-at_install")
class TestReports(BaseCase):
    def test_status_of_the_recipient(self):
        for action, status, diagnostic, expected in (
            ("failed", "5.1.1", "smtp; 550 5.1.1 <bob@example.com>: User unknown", (True, ADDRESS)),
            ("failed", "5.0.0", "smtp; 550 5.1.10 RecipientNotFound", (True, ADDRESS)),
            ("failed", "5.0.0", "smtp; 550 Unrouteable address", (True, ADDRESS)),
            ("failed", "5.2.2", "smtp; 552 5.2.2 mailbox full", (True, MAILBOX_FULL)),
            ("failed", "5.2.1", "", (True, ADDRESS)),
            ("failed", "5.7.1", "smtp; 550 5.7.1 Message rejected as spam", (True, SERVER)),
            ("failed", "5.7.26", "smtp; 550-5.7.26 The MAIL FROM domain has an SPF record", (True, SENDER)),
            ("failed", "5.4.4", "smtp; Host or domain name not found", (True, SERVER)),
            # the server gave up after days of trying
            ("failed", "4.4.1", "smtp; connect to mx.example.com: timed out", (True, TEMPORARY)),
            ("failed", "4.4.7", "", (True, TEMPORARY)),
            ("delayed", "4.4.1", "smtp; connect to mx.example.com: timed out", (False, TEMPORARY)),
            ("delayed", "4.2.2", "smtp; 452 4.2.2 over quota", (False, TEMPORARY)),
            ("delivered", "2.0.0", "smtp; 250 OK", (False, TEMPORARY)),
            ("relayed", "2.0.0", "", (False, TEMPORARY)),
            ("expanded", "2.0.0", "", (False, TEMPORARY)),
            ("", "5.1.1", "", (True, ADDRESS)),
            ("", "4.4.1", "", (False, TEMPORARY)),
        ):
            with self.subTest(action=action, status=status, diagnostic=diagnostic):
                fields = "\n".join(filter(None, [
                    "Final-Recipient: rfc822; bob@example.com", action and f"Action: {action}",
                    f"Status: {status}", diagnostic and f"Diagnostic-Code: {diagnostic}"]))

                self.assertEqual(report(fields)[:2], expected)

    def test_one_of_several_recipients_failed(self):
        fields = ("Final-Recipient: rfc822; a@example.com\nAction: delayed\nStatus: 4.4.1\n\n"
                  "Final-Recipient: rfc822; b@example.com\nAction: failed\nStatus: 5.1.1")

        self.assertEqual(report(fields)[:2], (True, ADDRESS))

    def test_words_where_there_is_no_status(self):
        for subject, words, expected in (
            ("failure notice", "Hi. This is the qmail-send program.\n\n<bob@example.com>:\n192.0.2.1 does not like "
                               "recipient.\nRemote host said: 550 No such user here\n\nGiving up.", (True, ADDRESS)),
            ("failure notice", "<bob@example.com>:\nRemote host said: 554 Message rejected as spam", (True, SERVER)),
            ("Mail delivery failed: returning message to sender",
             "bob@example.com\n  SMTP error from remote mail server: 552 Mailbox size limit exceeded",
             (True, MAILBOX_FULL)),
            ("Warning: message 1abc delayed 24 hours",
             "No action is required on your part. Delivery attempts will continue for some time.", (False, TEMPORARY)),
            ("Delivery delayed", "The server will keep trying to deliver it.", (False, TEMPORARY)),
            ("Undeliverable", "Your message could not be delivered.", (True, ADDRESS)),
            ("Undeliverable", "", (True, ADDRESS)),
        ):
            with self.subTest(subject=subject, words=words):
                self.assertEqual(report(subject=subject, words=words)[:2], expected)

    def test_receipt_of_reading_and_complaint_are_no_bounce(self):
        for kind in ("disposition-notification", "feedback-report"):
            fields = "Final-Recipient: rfc822; bob@example.com\nDisposition: automatic; displayed"

            self.assertFalse(report(fields, kind=kind).is_final)
