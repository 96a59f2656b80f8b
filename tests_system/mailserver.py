"""A real SMTP server on the loopback interface that accepts, refuses, puts off and breaks off as a test wants."""

import email
import email.policy
import socket

from aiosmtpd.controller import Controller


class Receiver:
    """What comes in, and what is answered.

    `answers` gives the reply to a recipient's address ("550 5.1.1 No such user"), `sender_answer` the one to every
    sender, `data_answer` the one to every message, `data_answers` those to messages by the recipient's address;
    `breaks_off` closes the connection in the midst of the data. Accepted messages stand in `messages`, all whose text
    came in `tried` (their Message-ID); `refused` counts the replies that refused.
    """

    def __init__(self):
        self.answers = {}
        self.sender_answer = None
        self.data_answer = None
        self.data_answers = {}
        self.breaks_off = False
        self.messages = []
        self.tried = []
        self.refused = 0

    async def handle_MAIL(self, server, session, envelope, address, mail_options):  # noqa: N802 aiosmtpd's name
        if self.sender_answer:
            self.refused += 1
            return self.sender_answer
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):  # noqa: N802 aiosmtpd's name
        if address in self.answers:
            self.refused += 1
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 aiosmtpd's name
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.tried.append(message["Message-ID"])
        if self.breaks_off:
            server.transport.abort()
            return "451 too late"
        if answer := self.data_answers.get(envelope.rcpt_tos[0], self.data_answer):
            self.refused += 1
            return answer
        self.messages.append((list(envelope.rcpt_tos), message))
        return "250 accepted"

    def to(self, address):
        return [message for recipients, message in self.messages if address in recipients]


class MailServer:
    """Starts and stops the server; it always comes back on its own port."""

    def __init__(self):
        with socket.socket() as sock:
            sock.bind(("127.0.0.1", 0))
            self.port = sock.getsockname()[1]
        self.receiver = Receiver()
        self.controller = None

    def start(self):
        self.controller = Controller(self.receiver, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    def stop(self):
        if self.controller:
            self.controller.stop(no_assert=True)
            self.controller = None
