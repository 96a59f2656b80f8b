from odoo import fields, models
from odoo.exceptions import AccessError
from odoo.tools import split_every

#: Invoices printed in one call of wkhtmltopdf.
PRINTED_TOGETHER = 40


class Files(fields.Many2many):
    """Files that are listed to whoever may read the record; only the system searches by what stands in them."""

    def condition_to_sql(self, field_expr, operator, value, model, alias, query):
        # EXTENDS base: an answer would tell of files that the user may not read
        if operator not in ("in", "not in") and not model.env.su:
            raise AccessError(model.env._("Files cannot be searched by what stands in them."))
        return super().condition_to_sql(field_expr, operator, value, model, alias, query)


class DunningCommunication(models.Model):
    """The files that go along with a mail or a letter: letter, list of all invoices, invoices.

    Letter and list say what the log says and belong to it: who reads the log may read them. The PDF of an invoice
    belongs to the invoice, whose rights decide who may read it.
    """

    _inherit = "dunning.communication"

    # without ``bypass_search_access`` the PDFs of invoices, which belong to a field of theirs, would not be found; it
    # tells which files there are, and each file checks for itself who reads it
    attachment_ids = Files(
        "ir.attachment", "dunning_communication_attachment_rel", "communication_id", "attachment_id",
        string="Files", readonly=True, copy=False, bypass_search_access=True,
        help="The files that went along with the message.")

    def _make_attachments(self, invoices, letters=None):
        """Make the files that go along, and record them on these communications.

        :param invoices: {id: PDFs of invoices}, see :meth:`_invoices_to_attach`
        :param letters: {id: bytes} of letters printed already
        :return: {id: list of attachment ids} in the order in which they are read: letter, list, invoices
        """
        letters = dict(letters or {})
        wanting = self.filtered(
            lambda c: c.id not in letters and any(c._steps().level_id.mapped("attach_letter")))
        if wanting:
            letters.update(wanting._print_letters())
        vals_list = [
            vals for communication in self
            for vals in communication._own_attachment_vals(letters.get(communication.id))]
        # attachments belong to the log, whoever may write attachments
        own = self.env["ir.attachment"].sudo().create(vals_list).grouped("res_id")
        result = {}
        for communication in self:
            # sudo: the system records what it sends; the files themselves keep their rights
            files = own.get(communication.id, self.env["ir.attachment"].sudo()) + invoices[communication.id].sudo()
            communication.sudo().attachment_ids = files
            result[communication.id] = files.ids
        return result

    def _own_attachment_vals(self, letter):
        """Values of the attachments that belong to this communication.

        :param letter: its letter as bytes; None where none goes along
        """
        name, vals_list = self._letter_name(), []
        if letter:
            vals_list.append(self._attachment_vals(f"{name}.pdf", letter, "application/pdf"))
        if self._has_list():
            listed = self.with_context(lang=self._language()).env._("%s, list of invoices", name)
            files = self._list_files()
            vals_list.append(self._attachment_vals(f"{listed}.pdf", files["pdf"], "application/pdf"))
            if "xlsx" in files:
                vals_list.append(self._attachment_vals(
                    f"{listed}.xlsx", files["xlsx"],
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))
        return vals_list

    def _attachment_vals(self, name, content, mimetype):
        return {
            "name": name.replace("/", "-"),
            "raw": content,
            "mimetype": mimetype,
            "res_model": self._name,
            "res_id": self.id,
        }

    def _attachments_in_order(self):
        """The files of this communication in the order in which they are read: letter, list, invoices."""
        self.ensure_one()
        # sudo: who prints or sends what the log holds needs no rights on invoices; nothing is handed out here
        files = self.sudo().attachment_ids.sorted("id")
        own = files.filtered(lambda attachment: attachment.res_model == self._name)
        places = {move_id: place for place, move_id in enumerate(self._steps().move_id.ids)}
        return own + (files - own).sorted(
            lambda attachment: (places.get(attachment.res_id, len(places)), attachment.id))

    def _letter_name(self):
        self.ensure_one()
        name = self.level_id.with_context(lang=self._language()).name or self.subject
        return f"{self.company_id.name} {name} {self.id}"

    # ------------------------------------------------------------------
    # Invoices
    # ------------------------------------------------------------------

    def _moves_to_attach(self, steps=None):
        """The invoices whose steps want them attached, whatever the limits say.

        :param steps: :meth:`_steps` of the message, where the caller has them
        """
        self.ensure_one()
        steps = self._steps() if steps is None else steps
        levels = steps.level_id.filtered("attach_invoices")
        return steps.filtered(lambda line: line.level_id in levels).move_id.filtered(
            lambda move: move.is_invoice(include_receipts=True)) if levels else steps.move_id.browse()

    def _invoices_to_attach(self):
        """The PDFs of the invoices that go along, as the steps say and as far as the company's limits let them.

        :return: {id: ``ir.attachment``}, the invoices in the order of the message
        """
        moves_by_id = {
            communication.id: communication._moves_to_attach()[:communication.company_id.dunning_attach_limit]
            for communication in self}
        pdfs = self._invoice_pdfs(self.env["account.move"].union(*moves_by_id.values()))
        result = {}
        for communication in self:
            files, size = self.env["ir.attachment"], 0
            for move in moves_by_id[communication.id]:
                pdf = pdfs.get(move.id, files.browse())
                # sudo: only the size is read
                size += pdf.sudo().file_size
                if size > communication.company_id.dunning_attach_megabytes * 1024 ** 2:
                    break
                files += pdf
            result[communication.id] = files
        return result

    def _invoice_pdfs(self, moves):
        """The PDF of each invoice: the one that was sent, else printed now.

        What is printed now is kept with the invoice, whose rights decide who may read it.

        :return: {invoice id: ``ir.attachment``}
        """
        # sudo: who sends reminders may lack access to invoices; the PDFs go to the customer and keep the invoice's
        # rights
        moves = moves.sudo()
        pdfs = {move.id: move.invoice_pdf_report_id for move in moves if move.invoice_pdf_report_id.file_size}
        pdfs |= self._kept_pdfs(moves.filtered(lambda move: move.id not in pdfs))
        missing = moves.filtered(lambda move: move.id not in pdfs)
        vals_list = []
        for some in split_every(PRINTED_TOGETHER, missing.ids, missing.browse):
            streams = self.env["ir.actions.report"].sudo().with_context(
                skip_is_manually_modified=True)._render_qweb_pdf_prepare_streams(
                    "account.account_invoices", {}, res_ids=some.ids)
            vals_list += [{
                "name": f"{move._get_report_base_filename()}.pdf".replace("/", "-"),
                "raw": streams[move.id]["stream"].getvalue(),
                "mimetype": "application/pdf",
                "res_model": move._name,
                "res_id": move.id,
                "res_field": "dunning_pdf_file",
            } for move in some if streams.get(move.id, {}).get("stream")]
        pdfs.update({pdf.res_id: pdf for pdf in self.env["ir.attachment"].sudo().create(vals_list)})
        return pdfs

    def _kept_pdfs(self, moves):
        """Of invoices, the PDFs that were printed here and that hold still: nothing was written on the invoice since.

        :return: {invoice id: ``ir.attachment``}
        """
        found = self.env["ir.attachment"].sudo().search([  # as in _invoice_pdfs
            ("res_model", "=", moves._name), ("res_field", "=", "dunning_pdf_file"), ("res_id", "in", moves.ids),
        ], order="id")
        written = {move.id: move.write_date for move in moves}
        return {pdf.res_id: pdf for pdf in found if pdf.create_date >= written[pdf.res_id]}

    def _with_attached_counts(self, invoices):
        """These communications in an environment that knows how many invoices go along, for :meth:`_attachment_note`.

        :param invoices: see :meth:`_invoices_to_attach`
        """
        return self.with_context(dunning_attached={key: len(files) for key, files in invoices.items()})

    def _attachment_note(self, steps):
        """Where the invoices are that do not go along, in the language of the environment; empty where all do.

        :param steps: :meth:`_steps` of the message
        """
        wanted = len(self._moves_to_attach(steps))
        attached = self.env.context.get("dunning_attached", {}).get(
            self.id, min(wanted, self.company_id.dunning_attach_limit))
        if attached >= wanted:
            return ""
        if self.channel == "letter":
            if not attached:
                return self.env._("We send you copies of the invoices when you ask us for them.")
            return self.env._(
                "%(attached)s of the %(count)s invoices are enclosed. We send you copies of the others when you ask "
                "us for them.", attached=attached, count=wanted)
        if not attached:
            return self.env._("You find the invoices themselves online, on the page of this message.")
        return self.env._(
            "%(attached)s of the %(count)s invoices are attached. You find the others online, on the page of this "
            "message.", attached=attached, count=wanted)


class AccountMove(models.Model):
    _inherit = "account.move"

    # the field is never read: it ties the PDFs that were printed for reminders to the rights of accounting
    dunning_pdf_file = fields.Binary(
        "PDF for Reminders", attachment=True, copy=False, readonly=True,
        groups="account.group_account_invoice,account.group_account_readonly",
        help="The invoice as it was printed to go along with a reminder.")
