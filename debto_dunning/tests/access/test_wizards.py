from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .access_common import AccessCommon


@tagged("post_install", "-at_install")
class TestWizards(AccessCommon):
    """Every dialogue with records of another company in each field that can name some."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.users["manager"]
        cls.dialogues = cls.make_dialogues(cls.records, cls.manager)
        cls.theirs = {
            **cls.other_records, "res.company": cls.other, "res.partner": cls.other_customer,
            "account.journal": cls.bank_of(cls.other),
            "account.move.line": cls.items_of(cls.other_records["account.move"]),
            **cls.make_dialogues(cls.other_records, cls.others["manager"])}

    def named(self):
        """Rows of (dialogue, name of a field, record of the other company that it can name)."""
        for model, dialogue in self.dialogues.items():
            for name, field in dialogue._fields.items():
                if (field.type in ("many2one", "many2many") and field.store and not field.related
                        and not self.is_everybodys(field.comodel_name) and name not in ("create_uid", "write_uid")):
                    self.assertIn(field.comodel_name, self.theirs, f"{model}.{name}")
                    yield dialogue, name, self.theirs[field.comodel_name]

    def is_everybodys(self, model):
        """Whether the records of a model have no company, or are of several."""
        return model in ("res.users", "res.currency", "dunning.interest.kind", "dunning.law")

    def value(self, dialogue, name, record):
        return [Command.set(record.ids)] if dialogue._fields[name].type == "many2many" else record.id

    def test_write(self):
        for dialogue, name, record in self.named():
            with self.subTest(field=f"{dialogue._name}.{name}"):
                mine = self.as_user(self.manager, dialogue)

                self.assertForbidden(mine.write, {name: self.value(dialogue, name, record)})

    def test_create(self):
        for dialogue, name, record in self.named():
            with self.subTest(field=f"{dialogue._name}.{name}"):
                mine = self.as_user(self.manager, dialogue)
                vals = self.dialogue_vals(self.records)[dialogue._name]
                if "wizard_id" in dialogue._fields:
                    vals["wizard_id"] = dialogue.wizard_id.id

                self.assertForbidden(mine.create, {**vals, name: self.value(dialogue, name, record)})

    def test_default_of_the_context(self):
        for dialogue, name, record in self.named():
            with self.subTest(field=f"{dialogue._name}.{name}"):
                vals = self.dialogue_vals(self.records)[dialogue._name]
                if "wizard_id" in dialogue._fields:
                    vals["wizard_id"] = dialogue.wizard_id.id
                vals.pop(name, None)
                mine = self.as_user(self.manager, dialogue).with_context(
                    **{f"default_{name}": self.value(dialogue, name, record)})

                try:
                    with self.env.cr.savepoint():
                        made = mine.create(vals)
                except UserError:
                    continue
                self.assertFalse(made.sudo()[name] & record, "neither refused nor passed over")

    def test_onchange(self):
        for dialogue, name, record in self.named():
            with self.subTest(field=f"{dialogue._name}.{name}"):
                mine = self.as_user(self.manager, dialogue)

                with self.assertRaises(AccessError):
                    mine.browse().onchange(
                        {name: self.value(dialogue, name, record)}, [name], {name: {"fields": {"display_name": {}}}})

    def test_commands_of_a_parent(self):
        send = self.as_user(self.manager, self.dialogues["dunning.send"])
        item = self.theirs["account.move.line"]

        self.assertForbidden(send.write, {"line_ids": [Command.create({"item_id": item.id})]})
        self.assertForbidden(send.write, {"line_ids": [Command.update(
            self.dialogues["dunning.send.line"].id, {"item_id": item.id})]})
        self.assertForbidden(send.write, {"line_ids": [Command.link(self.theirs["dunning.send.line"].id)]})
