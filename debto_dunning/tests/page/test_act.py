"""What a customer does on the page: each act, its limits, its confirmation and its log."""

import io
import re
from datetime import timedelta

from PIL import Image

from odoo.tests import BaseCase, tagged

from ...tools.typed_amount import parse_amount
from ...tools.upload import RefusedUpload, clean_upload
from ..common import NIGHT, days_ago, days_later
from .page_common import PageCommon


def photo(place="Gent"):
    """A JPEG with words about the camera in it."""
    picture, stream = Image.new("RGB", (40, 30), "red"), io.BytesIO()
    exif = picture.getexif()
    exif[0x010F] = place
    picture.save(stream, "JPEG", exif=exif)
    return stream.getvalue()


class TestTypedAmount(BaseCase):
    def test_as_people_write_it(self):
        for text, amount in (
                ("100", 100), ("1.061,73", 1061.73), ("1,061.73", 1061.73), ("1061,73", 1061.73), ("€ 12,5", 12.5),
                ("1 061,73 EUR", 1061.73), ("1.000", 1000), ("1'234.50", 1234.5), ("1.234.567,89", 1234567.89),
                ("12.50", 12.5)):
            self.assertEqual(parse_amount(text), amount, text)
        for text in ("", "x", "12 of 15", "-5", None, "1.2.3", "1,2,34"):
            self.assertIsNone(parse_amount(text), text)


class TestUpload(BaseCase):
    def test_pictures_are_drawn_anew(self):
        content, ending = clean_upload(photo("Secret place"))

        self.assertEqual(ending, "jpg")
        self.assertNotIn(b"Secret place", content)
        self.assertEqual(Image.open(io.BytesIO(content)).size, (40, 30))

    def test_only_pictures_and_plain_pdf(self):
        pdf = b"%PDF-1.4\n1 0 obj <<>> endobj\n%%EOF\n"
        self.assertEqual(clean_upload(pdf), (pdf, "pdf"))
        for content, kind in (
                (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "kind"), (b"<html>", "kind"),
                (b"MZ\x90", "kind"), (b"", "kind"), (photo()[:-40], "broken"), (b"%PDF-1.4 x", "broken"),
                (b"%PDF-1.4 /JavaScript (x) %%EOF", "active")):
            with self.assertRaises(RefusedUpload) as caught:
                clean_upload(content)
            self.assertEqual(caught.exception.kind, kind, content[:20])


class ActCommon(PageCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoices = cls.make_invoices(2, amount=100)
        cls.communication = cls.remind()
        cls.debtor = cls.communication.debtor_id
        cls.token = cls.token_of(cls.communication)
        cls.link = cls.link_of(cls.communication)
        cls.item = cls.items_of(cls.invoices[0])

    def answers(self):
        return self.env["dunning.communication"].search([("link_id", "=", self.link.id)], order="id")

    def act(self, code, **data):
        """Send the form of an act; returns the answer that was logged."""
        response = self.post(self.token, f"/{code}", **data)
        self.assertEqual(response.status_code, 303, self.text(response))
        page = self.url_open(response.headers["Location"])
        self.assertIn("received it", self.text(page))
        return self.answers()[-1]

    def assertRefused(self, words, code, **data):
        """The form is shown again with ``words``, and nothing happened."""
        self.get(self.token, f"/{code}")
        before = self.database()
        response = self.post(self.token, f"/{code}", **data)
        self.assertEqual(response.status_code, 422)
        self.assertIn(words, self.text(response))
        self.assertEqual(self.database(), before)

    def confirmation(self, answer):
        return self.env["mail.mail"].search([("model", "=", answer._name), ("res_id", "=", answer.id)])


@tagged("post_install", "-at_install")
class TestPromiseOnPage(ActCommon):
    def test_promise_pauses_and_is_confirmed(self):
        answer = self.act("promise", items=self.item.id, date=days_later(5), amount="80,50")

        promise = self.env["dunning.promise"].search([("communication_id", "=", answer.id)])
        self.assertRecordValues(promise, [{
            "amount": 80.5, "date": days_later(5), "source": "page", "state": "open", "user_id": False,
            "contact_id": self.customer.id}])
        self.assertEqual(promise.line_ids.move_line_id, self.item)
        self.assertLeft(self.invoices[0], "promise")
        self.assertRecordValues(answer, [{
            "direction": "in", "channel": "portal", "state": "received", "needs_attention": False,
            "reply_label": "promise", "reply_date": days_later(5), "reply_amount": 80.5}])
        mail = self.confirmation(answer)
        self.assertIn("peeters@example.com", mail.email_to)
        self.assertIn("80.50", mail.body_html)
        self.assertNotIn(self.token, mail.body_html)
        self.assertEqual(self.link.use_count, 1)
        self.assertIn("You told us", self.text(self.get(self.token)))
        self.assertIn("You told us on", self.text(self.get(self.token, "/promise")))

    def test_beyond_the_limits_a_person_answers(self):
        far = days_later(200)

        answer = self.act("promise", items=self.item.id, date=far)

        self.assertFalse(self.env["dunning.promise"].search([]) & self.env["dunning.promise"]._open_on(self.item))
        self.assertRecordValues(answer, [{"reply_label": "promise", "reply_date": far, "needs_attention": True}])
        self.assertEqual(answer.reply_move_ids, self.invoices[0])
        self.assertLeft(self.invoices[0], "reply")

    def test_second_promise_replaces_the_first(self):
        for days in (5, 6):
            self.act("promise", items=self.item.id, date=days_later(days))

        promises = self.env["dunning.promise"].search([("debtor_id", "=", self.debtor.id)], order="id")
        self.assertEqual(promises.mapped("state"), ["replaced", "open"])

    def test_what_cannot_be_promised(self):
        other = self.items_of(self.make_invoices(1, self.make_customer("Slager Janssens")))
        for words, data in (
                ("choose at least one", {"date": days_later(3)}),
                ("enter the day", {"items": self.item.id, "date": "soon"}),
                ("today or a later", {"items": self.item.id, "date": days_ago(1)}),
                ("amount up to", {"items": self.item.id, "date": days_later(3), "amount": "100.01"}),
                ("amount up to", {"items": self.item.id, "date": days_later(3), "amount": "0"}),
                ("choose the invoices anew", {"items": other.id, "date": days_later(3)}),
                ("choose the invoices anew", {"items": "x", "date": days_later(3)})):
            with self.subTest(words=words, data=data):
                self.assertRefused(words, "promise", **data)

    def test_paid_meanwhile_in_another_tab(self):
        form = self.get(self.token, "/promise")
        self.pay(self.invoices[0])

        self.assertEqual(form.status_code, 200)
        self.assertRefused("choose the invoices anew", "promise", items=self.item.id, date=days_later(3))

    def test_form_sent_twice_counts_once(self):
        form = self.get(self.token, "/promise").text
        data = {name: re.search(rf'name="{name}" value="([^"]+)"', form).group(1) for name in ("csrf_token", "form")}

        answers = [self.url_open(f"/pay/{self.token}/promise", allow_redirects=False, data={
            **data, "items": self.item.id, "date": days_later(3)}) for _number in range(2)]

        self.env.invalidate_all()
        self.assertEqual(len({answer.headers["Location"] for answer in answers}), 1)
        self.assertEqual(len(self.answers()), 1)
        self.assertEqual(len(self.env["dunning.promise"].search([("debtor_id", "=", self.debtor.id)])), 1)

    def test_natural_person_is_always_read_by_a_person(self):
        self.company.dunning_reply_pauses = False
        self.debtor.is_sole_trader = True
        self.customer.zip = "9000"
        self.post(self.token, "/check", page="", postcode="9000")

        answer = self.act("promise", items=self.item.id, date=days_later(5))

        self.assertTrue(answer.needs_attention)
        promise = self.env["dunning.promise"]._open_on(self.item)
        self.assertTrue(promise)
        answer.action_do_as_proposed()  # it is done already: somebody looked at it
        self.assertFalse(answer.needs_attention)
        self.assertEqual(self.env["dunning.promise"]._open_on(self.item), promise)


@tagged("post_install", "-at_install")
class TestPaidOnPage(ActCommon):
    def test_pauses_until_the_bank_is_booked_past_it(self):
        self.company.write({"dunning_bank_max_age": 5, "dunning_promise_grace_days": 2})
        answer = self.act("paid", items=self.item.id, date=days_ago(1), note="Ref 4711")

        self.assertRecordValues(answer, [{"reply_label": "paid", "reply_paid_on": days_ago(1)}])
        self.assertIn("4711", answer.body)
        answer.action_seen()
        row = self.assertLeft(self.invoices[0], "item_hold")
        words = self.run_model._get_reason_words({row.item: row.reason})
        self.assertIn("says that it paid", words[row.item])
        holds = self.env["dunning.hold"]
        self.make_statement(-2)
        holds._end_said_paid(self.company, days_later(3))
        self.assertLeft(self.invoices[0], "item_hold")
        self.make_statement(-3)
        holds._end_said_paid(self.company, days_later(4))
        self.assertNotEqual(self.look(self.invoices[0]).reason, "item_hold")

    def test_bank_that_stays_behind_is_not_waited_for_for_ever(self):
        self.company.dunning_bank_max_age = 5
        self.act("paid", items=self.item.id, date=NIGHT)
        holds = self.env["dunning.hold"]

        last = days_later(self.company.dunning_promise_grace_days + self.company.dunning_promise_wait_days)
        holds._end_said_paid(self.company, last)
        held = holds.search([("kind", "=", "paid")])
        holds._end_said_paid(self.company, last + timedelta(days=1))

        self.assertEqual(held.move_line_id, self.item)
        self.assertFalse(held.active)

    def test_night_ends_it(self):
        self.act("paid", items=self.item.id, date=NIGHT)

        self.run_night(days_later(3))

        self.assertFalse(self.env["dunning.hold"].search([("kind", "=", "paid")]))

    def test_the_second_goes_to_a_person(self):
        self.act("paid", items=self.item.id, date=NIGHT)
        self.env["dunning.hold"].search([("kind", "=", "paid")])._end()

        second = self.act("paid", items=self.item.id, date=NIGHT)

        self.assertTrue(second.needs_attention)
        self.assertFalse(self.env["dunning.hold"].search([("kind", "=", "paid")]))

    def test_not_in_the_future(self):
        self.assertRefused("still to come", "paid", items=self.item.id, date=days_later(1))


@tagged("post_install", "-at_install")
class TestDisputeOnPage(ActCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.category = cls.env["dunning.dispute.category"].create({"name": "Price", "company_id": cls.company.id})

    def dispute(self, **data):
        return {"items": self.item.id, "category": self.category.id, "note": "Agreed was 60", **data}

    def test_part_of_an_invoice_with_a_photo(self):
        answer = self.act("dispute", files=[("files", ("../x.php", photo("Secret place"), "text/html"))],
                          **self.dispute(amount="40"))

        dispute = self.env["dunning.dispute"].search([("communication_id", "=", answer.id)])
        self.assertRecordValues(dispute, [{
            "amount": 40, "source": "page", "category_id": self.category.id, "note": "Agreed was 60",
            "user_id": False, "protested_on": NIGHT}])
        file = self.env["ir.attachment"].search([("res_model", "=", dispute._name), ("res_id", "=", dispute.id)])
        self.assertEqual((file.mimetype, file.name), ("application/x-download", "File of the customer 1.jpg"))
        self.assertNotIn(b"Secret place", file.raw)
        text = self.text(self.get(self.token))
        self.assertIn(f"You contested {self.money(40)}", text)
        self.assertIn(f"To pay {self.money(161)}", text)
        self.make_user("collector", "debto_dunning.group_dunning_user")
        self.authenticate("collector", "collector")
        response = self.url_open(f"/web/content/{file.id}")
        self.assertEqual(response.headers["Content-Type"], "application/x-download")
        self.assertEqual(response.headers["X-Content-Type-Options"], "nosniff")

    def test_of_what_is_in_dispute_already_its_colleague_reads_on(self):
        self.act("dispute", **self.dispute(amount="40"))

        second = self.act("dispute", **self.dispute(amount="50", note="And late too"))

        disputes = self.env["dunning.dispute"].search([("debtor_id", "=", self.debtor.id)])
        self.assertEqual(len(disputes), 1)
        self.assertTrue(second.needs_attention)
        self.assertIn("And late too", disputes.message_ids[0].body)

    def test_what_is_refused(self):
        others = self.env["dunning.dispute.category"].create({
            "name": "Of others", "company_id": self.env["res.company"].create({"name": "Another"}).id})
        for words, data in (
                ("one invoice", {"items": self.items_of(self.invoices).ids}),
                ("what is wrong", {"category": others.id}),
                ("few words", {"note": " "}), ("amount up to", {"amount": "900"})):
            with self.subTest(words=words):
                self.assertRefused(words, "dispute", **self.dispute(**data))
        for words, content in (("choose a photo", b"<svg/>"), ("longer than", b"x" * (6 * 1024 ** 2 + 1))):
            with self.subTest(words=words):
                self.assertRefused(words, "dispute", files=[("files", ("x.jpg", content, "image/jpeg"))],
                                   **self.dispute())
        self.assertRefused("files at most", "dispute", files=[
            ("files", (f"{number}.jpg", photo(), "image/jpeg")) for number in range(4)], **self.dispute())

    def test_charges_are_contested_and_left_out(self):
        self.env["dunning.charge"].sudo().create({
            "debtor_id": self.debtor.id, "move_id": self.invoices[0].id, "move_line_id": self.item.id,
            "currency_id": self.company.currency_id.id, "cost_amount": 25, "rank": 1, "state": "open"})
        page = self.get(self.token)

        answer = self.act("charges", note="You never warned me")

        self.assertIn(f"without them it is {self.money(201)}", self.text(page))
        self.assertIn("code?charges=no", page.text)
        self.assertRecordValues(answer, [{"reply_label": "dispute", "needs_attention": True}])
        self.assertIn("25", answer.subject)


@tagged("post_install", "-at_install")
class TestOtherActs(ActCommon):
    def test_never_received_is_sent_again_once_a_day(self):
        answer = self.act("not_received", items=self.item.id)

        mail = self.confirmation(answer)
        self.assertEqual(mail.attachment_ids.mapped("res_id"), self.invoices[0].ids)
        self.assertIn("peeters@example.com", mail.email_to)
        self.assertRecordValues(answer, [{"reply_label": "copy", "needs_attention": False}])
        self.assertRefused("sent it again today", "not_received", items=self.item.id)

    def test_a_new_address_is_proposed_and_never_taken(self):
        answer = self.act("not_received", items=self.item.id, email="thief@example.org")

        self.assertTrue(answer.needs_attention)
        self.assertNotIn("thief", self.confirmation(answer).email_to)
        self.assertEqual(self.customer.email, "peeters@example.com")
        self.assertRecordValues(self.env["dunning.contact.proposal"].search([("communication_id", "=", answer.id)]), [
            {"email": "thief@example.org", "use": "invoices", "state": "proposed"}])

    def test_contact_is_confirmed_by_a_person_and_the_old_address_told(self):
        answer = self.act("contact", use="both", way="email", name="Ann", email="Ann@peeters.example", phone="09")
        proposal = self.env["dunning.contact.proposal"].search([("communication_id", "=", answer.id)])
        told = self.confirmation(answer)
        self.assertFalse(self.debtor.reminder_contact_id)
        collector = self.make_user("collector", "debto_dunning.group_dunning_user")

        opened = answer.with_user(collector).action_do_as_proposed()
        proposal.with_user(collector).action_confirm()

        self.assertEqual(opened["res_model"], "dunning.contact.proposal")
        self.assertIn("peeters@example.com", told.email_to)
        self.assertIn("ann@peeters.example", told.body_html)
        contact = self.debtor.reminder_contact_id
        self.assertRecordValues(contact, [{
            "name": "Ann", "email": "ann@peeters.example", "parent_id": self.customer.id, "type": "invoice"}])
        self.assertFalse(answer.needs_attention)
        self.assertEqual(proposal.decided_by_id, collector)
        answer.sudo()._erase(NIGHT)
        self.assertRecordValues(proposal, [{"name": False, "email": False, "phone": False, "state": "confirmed"}])

    def test_order_number_is_kept(self):
        answer = self.act("requirement", items=self.item.id, kind="order_number", value=" PO  4711 ", always="1")

        requirement = self.env["dunning.invoice.requirement"].search([("communication_id", "=", answer.id)])
        self.assertRecordValues(requirement, [{
            "kind": "order_number", "value": "PO 4711", "is_for_all": True, "move_id": self.invoices[0].id,
            "debtor_id": self.debtor.id}])
        self.assertRecordValues(answer, [{"reply_label": "order_number", "needs_attention": True}])
        self.assertEqual(requirement._for_customer(self.debtor), requirement)

    def test_plan_and_question_go_to_a_person(self):
        self.company.dunning_reply_pauses = False

        plan = self.act("plan", note="100 a month")
        question = self.act("question", note="Can you send me the delivery note?")

        self.assertRecordValues(plan + question, [
            {"reply_label": "plan", "needs_attention": True}, {"reply_label": question.reply_label,
                                                               "needs_attention": True}])
        self.assertIn("delivery note", question.body)
        self.assertRefused("few words", "question", note="")

    def test_markup_stays_text(self):
        answer = self.act("question", note="<script>alert(1)</script> why?")

        self.assertNotIn("<script>", answer.body)
        self.assertNotIn("<script>alert", self.get(self.token).text)


@tagged("post_install", "-at_install")
class TestLimitsOfPage(ActCommon):
    def test_so_many_acts_a_day(self):
        for number in range(20):
            self.link.sudo()._log_act("question", f"Question {number}")

        self.assertRefused("write again tomorrow", "question", note="One more")

    def test_forged_forms(self):
        before = self.database()

        response = self.url_open(f"/pay/{self.token}/question", data={"note": "x"})

        self.assertEqual(response.status_code, 400)
        self.assertEqual(self.database(), before)

    def test_get_of_every_form_changes_nothing(self):
        before = self.database()

        for code in (*self.link._page_acts(), "statement", "send-code", "check", "nothing"):
            response = self.get(self.token, f"/{code}?items={self.item.id}&date={NIGHT}&note=x")
            is_form = code in self.link._page_acts()
            self.assertEqual(response.status_code, 200 if is_form else 404, code)

        self.assertEqual(self.database(), before)

    def test_revoked_expired_and_foreign_do_nothing(self):
        other = self.make_invoices(1, self.make_customer("Slager Janssens"))
        foreign = self.act("question", note="x")
        other_token = self.token_of(self.remind() - self.communication)
        self.assertNoPage(self.get(other_token, f"/done/{foreign.id}"))
        for vals in ({"revoked_on": "2026-03-10 00:00:00"}, {"revoked_on": False, "date_expiry": days_ago(1)}):
            self.link.sudo().write(vals)
            before = self.database()
            for path in ("/question", "/promise", "/send-code", "/check", "/code-check", "/statement",
                         f"/invoice/{self.invoices[0].id}"):
                self.assertNoPage(self.post(self.token, path, note="x", items=self.item.id, date=days_later(1)))
            self.assertEqual(self.database(), before)
        self.assertEqual(other.payment_state, "not_paid")

    def test_old_link_of_a_reminder_shows_and_never_acts(self):
        query = f"?access_token={self.communication.access_token}"

        page = self.url_open(f"/my/reminders/{self.communication.id}{query}")

        self.assertIn(self.invoices[0].name, page.text)
        for code in self.link._page_acts():
            response = self.url_open(f"/pay/{self.communication.access_token}/{code}")
            self.assertNoPage(response)
