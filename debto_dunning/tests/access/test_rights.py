from odoo.exceptions import AccessError
from odoo.tests import tagged

from .access_common import AccessCommon
from .rights import RIGHTS, read_table

OPERATIONS = {"r": "read", "w": "write", "c": "create", "u": "unlink"}


@tagged("post_install", "-at_install")
class TestRights(AccessCommon):
    """Every model against every kind of user, by the table of rights."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.table = read_table(RIGHTS)

    def rights_of(self, user, record):
        """The letters of what a user may do with a record, really tried where trying is reading."""
        record = self.as_user(user, record)
        letters = "".join(
            letter if (record.browse() if letter == "c" else record).has_access(operation) else "-"
            for letter, operation in OPERATIONS.items())
        try:
            found = bool(record.search([("id", "=", record.id)]))
        except AccessError:
            found = False
        if "r" in letters:
            self.assertEqual(self.unreadable_fields(record), [], f"{record._name}: needs groups")
        else:
            with self.assertRaises(AccessError):
                record.read(["id"])
        self.assertEqual(found, "r" in letters)
        return letters

    def unreadable_fields(self, record):
        """The fields that the user is shown by ``fields_get`` and that cannot be read."""
        unreadable = []
        for name in record.fields_get():
            try:
                record.read([name])
            except AccessError:
                unreadable.append(name)
        return unreadable

    def test_every_model_has_a_row(self):
        self.assertEqual(self.own_models(), sorted(self.table))

    def test_every_stored_model_has_a_record(self):
        stored = [name for name in self.own_models() if not self.registry[name]._transient]

        self.assertEqual([name for name in stored if name not in self.records], [])

    def test_record_of_the_own_company(self):
        for model, row in self.table.items():
            if row["scope"] == "own":
                continue
            for kind, user in self.users.items():
                with self.subTest(model=model, kind=kind):
                    self.assertEqual(self.rights_of(user, self.records[model]), row[kind])

    def test_record_of_another_company(self):
        for model, row in self.table.items():
            if row["scope"] != "company":
                continue
            for kind, user in self.users.items():
                with self.subTest(model=model, kind=kind):
                    rights = self.rights_of(user, self.other_records[model])

                    self.assertEqual(rights.replace("c", "-"), "----")
                    self.assertNotIn(
                        self.other_records[model].id, self.all_ids_found(user, model), "by a search for all")

    def all_ids_found(self, user, model):
        records = self.as_user(user, self.env[model])
        return records.search([]).ids if records.has_access("read") else []

    def test_shared_record_of_users_elsewhere(self):
        """It is read everywhere; a right to write is not enough to change what counts in other companies too."""
        for model, row in self.table.items():
            if row["scope"] != "shared":
                continue
            record = self.records[model]
            for kind, user in self.others.items():
                with self.subTest(model=model, kind=kind):
                    self.assertEqual(self.rights_of(user, record), row[kind])

                    mine = self.as_user(user, record)
                    self.assertForbidden(mine.write, {"create_date": mine.create_date})
                    self.assertForbidden(mine.unlink)

    def test_transient_models(self):
        for model, row in self.table.items():
            if row["scope"] != "own":
                continue
            for kind, user in self.users.items():
                with self.subTest(model=model, kind=kind):
                    records = self.as_user(user, self.env[model])

                    self.assertEqual("".join(
                        letter if records.has_access(operation) else "-"
                        for letter, operation in OPERATIONS.items()), row[kind])

    def test_dialogue_of_somebody_else(self):
        """What one user was shown in a dialogue, nobody else reads."""
        made = self.make_dialogues(self.records, self.users["manager"])
        self.assertEqual(sorted(made), sorted(model for model, row in self.table.items() if row["scope"] == "own"))
        colleague = self.make_person("manager", self.company, "second")
        for model, record in made.items():
            self.assertTrue(self.as_user(self.users["manager"], record).has_access("read"), model)
            for user in (colleague, self.users["collector"], self.others["manager"]):
                with self.subTest(model=model, user=user.login):
                    self.assertEqual(self.rights_of(user, record).replace("c", "-"), "----")

    def test_multi_company_user_sees_what_is_switched_on(self):
        """Who works in both companies sees the records of those that are ticked."""
        user = self.users["manager"]
        user.company_ids |= self.other
        for model, row in self.table.items():
            if row["scope"] != "company" or row["manager"][0] != "r":
                continue
            with self.subTest(model=model):
                records = self.as_user(user, self.env[model]).with_context(allowed_company_ids=self.company.ids)

                self.assertNotIn(self.other_records[model].id, records.search([]).ids)
                self.assertIn(self.other_records[model].id, records.with_context(
                    allowed_company_ids=(self.company | self.other).ids).search([]).ids)
