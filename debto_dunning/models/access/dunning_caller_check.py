from odoo import Command, api, models
from odoo.exceptions import AccessError

#: Fields by which Odoo keeps chatter and activities. Their rows are never given through a record of ours: it may be
#: made by the system, to which no right of the rows says no.
CHATTER = ("message_", "activity_", "my_activity_", "website_message_")


def field_labels(record, names):
    """The labels of fields in the user's language, separated by commas; the name of one that has none."""
    labels = record.fields_get(names, ["string"])
    return ", ".join(labels.get(name, {}).get("string") or name for name in names)


class DunningCallerCheck(models.AbstractModel):
    """What a caller names and writes over the interface, checked in one place for every model that inherits this.

    A many2one that a caller fills may name any record of the database: another company, another customer's invoice.
    Code that goes on with it by SQL or ``sudo()`` would open it. So whatever is named in ``create`` and ``write`` is
    checked when it is named: the caller may see it, it belongs to a company that the caller works in, and to the same
    company as the record. History is not held to it later: an invoice may move to another customer.

    The system itself (``env.su``) passes, and nothing else does: no context key.
    """

    _name = "dunning.caller.check"
    _description = "Checks of What a Caller Names"

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model
    def default_get(self, fields):
        # EXTENDS base: fields of the system have the model's own defaults, whatever the caller's context or default
        # values (ir.default, which every user may set) say, also while the system creates for a user
        allowed = self._fields_for_create()  # pylint: disable=assignment-from-none  # models name their fields
        if allowed is None:
            return super().default_get(fields)
        values = super().default_get([name for name in fields if name in allowed or name not in self._fields])
        for name in fields:
            field = self._fields.get(name)
            if field and name not in allowed and field.default:
                values[name] = field.convert_to_write(
                    field.convert_to_cache(field.default(self), self, validate=False), self)
        return values

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.su:
            return super().create(vals_list)
        for vals in vals_list:
            self._check_fields_of_caller(vals, self._fields_for_create())
        records = super(DunningCallerCheck, self._without_system_defaults()).create(vals_list)
        records._check_named()
        return records.with_env(self.env)

    def write(self, vals):
        if self.env.su:
            return super().write(vals)
        for record in self:
            record._check_fields_of_caller(vals, record._fields_for_write())
        res = super().write(vals)
        self._check_named(vals)
        # Odoo looks at the rules before it writes: a record may not be moved to where the caller has none
        if any(field.name in vals for field in self._naming_fields()):
            self.check_access("write")
        return res

    def onchange(self, values, field_names, fields_spec):
        # EXTENDS web: what is computed for a form that is not saved yet reads what the values name
        given = {key[len("default_"):]: value for key, value in self.env.context.items() if key.startswith("default_")}
        self._check_values({**given, **values})
        return super().onchange(values, field_names, fields_spec)

    def _check_values(self, values):
        """Check the records that the values of a form name."""
        if self.env.su:
            return
        for name, value in values.items():
            field = self._fields.get(name)
            if field is None or not value:
                continue
            if field.type in ("many2one", "many2many"):
                self._check_named_records(self.env[field.comodel_name].browse(self._named_ids(value)).exists())
            rows = self.env[field.comodel_name] if field.type == "one2many" else None
            if isinstance(rows, DunningCallerCheck) and isinstance(value, list | tuple):
                for command in value:
                    if isinstance(command, list | tuple) and len(command) == 3 and isinstance(command[2], dict):
                        rows._check_values(command[2])

    def _named_ids(self, value):
        """The ids in a value of a form: an id, a dict with one, a pair of id and name, or a list of commands."""
        if isinstance(value, bool):
            return []
        if isinstance(value, int):
            return [value]
        if isinstance(value, dict):
            return self._named_ids(value.get("id"))
        if not isinstance(value, list | tuple):
            return []
        if len(value) == 2 and isinstance(value[0], int) and isinstance(value[1], str):
            return [value[0]]
        ids = []
        for part in value:
            if isinstance(part, list | tuple) and part:
                ids += self._named_ids(part[2] if part[0] == Command.SET and len(part) > 2 else part[1:2])
            else:
                ids += self._named_ids(part)
        return ids

    # ------------------------------------------------------------------
    # Fields that a caller may write
    # ------------------------------------------------------------------

    def _fields_for_create(self):
        """Names of the fields that a caller may give; None: all."""
        return

    def _fields_for_write(self):
        """Names of the fields of this record that a caller may change; None: all."""
        return

    def _check_fields_of_caller(self, vals, allowed):
        """:raises AccessError: values are given of fields that the system alone writes"""
        if allowed is None:
            return
        others = [
            name for name in vals
            if name in self._fields and name not in allowed
            and (not name.startswith(CHATTER) or self._fields[name].type in ("one2many", "many2many"))]
        if others:
            raise AccessError(self.env._(
                "%(model)s: %(fields)s cannot be written by hand.", model=self._description,
                fields=field_labels(self, others)))

    def _without_system_defaults(self):
        """These records without ``default_`` keys of the context for fields that the caller may not give."""
        allowed = self._fields_for_create()  # pylint: disable=assignment-from-none  # models name their fields
        if allowed is None:
            return self
        # keys are taken out: keywords could only add some
        return self.with_context({  # pylint: disable=context-overridden
            key: value for key, value in self.env.context.items()
            if not key.startswith("default_") or key[len("default_"):] in allowed})

    # ------------------------------------------------------------------
    # Records that a caller names
    # ------------------------------------------------------------------

    def _check_named(self, names=None):
        """Check the records that fields of these name.

        :param names: names of fields; default: all
        :raises AccessError: the caller may not see one of them, or it is of another company
        """
        if self.env.su:
            return True
        for field in self._naming_fields():
            if names is None or field.name in names:
                for record in self:
                    # sudo: the value alone is read; what it names is checked as the caller
                    record._check_named_records(record.sudo()[field.name].sudo(False))
        for record in self:
            record._check_one_company()
        return True

    def _check_named_records(self, records):
        """Check that the caller may work with ``records``, which this record names."""
        if not records:
            return
        check = getattr(self, f"_check_named_{records._name.replace('.', '_')}", None)
        if check:
            check(records)
        else:
            records.check_access("read")

    def _allowed_roots(self):
        """The root companies of those that the caller works in now."""
        # sudo: the tree above a branch is no secret to who works in it
        return self.env.companies.sudo().root_id

    def _check_named_res_company(self, companies):
        # sudo: the tree above a branch, as above
        self._check_roots(companies.sudo().root_id, companies)

    def _check_named_account_move(self, moves):
        self._check_ledger(moves)

    def _check_named_account_move_line(self, lines):
        self._check_ledger(lines)

    def _check_named_res_currency(self, currencies):
        """Currencies are everybody's."""

    def _check_ledger(self, records):
        """Invoices and items: who works with reminders may name those of the own companies, else by own rights."""
        # sudo: only the company is read
        self._check_roots(records.sudo().company_id.root_id, records)
        if not self.env.user.has_group("debto_dunning.group_dunning_user"):
            records.check_access("read")

    def _check_roots(self, roots, records):
        """:raises AccessError: one of these root companies is none that the caller works in"""
        if roots - self._allowed_roots():
            raise AccessError(self.env._(
                "%(model)s names a record of a company that you do not work in now (%(record)s).",
                model=self._description, record=f"{records._name} {records.ids}"))

    def _check_one_company(self):
        """:raises AccessError: this record names records of different companies"""
        roots = self.env["res.company"]
        # sudo: companies are compared, nothing is shown
        for record in (self.sudo(), *self.sudo()._named_records()):
            if record._name == "res.company":
                roots |= record.root_id
            elif "company_id" in record._fields and record._name != "res.users":
                roots |= record.company_id.root_id
        if len(roots) > 1:
            raise AccessError(self.env._(
                "%s names records of different companies.", self._description))

    def _named_records(self):
        """The records that the relational fields of this record name."""
        return [
            self[field.name] for field in self._naming_fields()
            if self[field.name] and field.comodel_name not in self._models_of_any_company()]

    def _naming_fields(self):
        """The fields in which these records name others."""
        return [field for field in self._fields.values()
                if field.type in ("many2one", "many2many") and field.store and not field.related]

    def _models_of_any_company(self):
        """Models whose records may be of another company than what names them."""
        return {"res.partner", "res.users", "ir.attachment", "mail.message", "mail.mail"}
