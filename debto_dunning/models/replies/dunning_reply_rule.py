from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import ormcache

from ...tools.replies.patterns import PatternError, compile_pattern
from ...tools.replies.rule_file import read_lines
from ...tools.replies.rules import WEIGHTS, Rule

#: What a customer's answer can be; the values are those of :mod:`tools.replies.rules`.
REPLY_LABELS = [
    ("paid", "Paid"), ("promise", "Promise to Pay"), ("plan", "Payment Plan"), ("dispute", "Dispute"),
    ("order_number", "Order Number Missing"), ("copy", "Copy Wanted"), ("wrong_contact", "Wrong Contact"),
    ("question", "Question"), ("insolvency", "Insolvency"), ("refuses", "Refuses to Pay"),
    ("automatic", "Automatic Reply"), ("bounce", "Mail Came Back"), ("thanks", "Thanks"),
]
#: What is in dispute.
REPLY_CATEGORIES = [
    ("not_received", "Not received"), ("price", "Price"), ("quantity", "Quantity"), ("quality", "Quality"),
    ("delivery", "Delivery"), ("order_number", "Order number missing"), ("already_paid", "Already paid"),
    ("not_mine", "Not mine"), ("other", "Other"),
]


class DunningReplyRule(models.Model):
    """Words by which answers of customers are labelled. The same rules count in every company."""

    _name = "dunning.reply.rule"
    _description = "Words of Answers"
    _inherit = ["dunning.shared.record"]
    _order = "label, category, language, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    label = fields.Selection(
        [*REPLY_LABELS, ("stop", "Wants No More Messages")], required=True,
        help="“Wants No More Messages” stands beside the label of the answer: it waits for a person.")
    category = fields.Selection(REPLY_CATEGORIES, "In Dispute", help="What is in dispute.")
    language = fields.Selection(
        [("nl", "Dutch"), ("fr", "French"), ("de", "German"), ("en", "English")],
        help="Of the answers in which these words are looked for. Empty: in every language.")
    place = fields.Selection(
        [("text", "What the customer writes"), ("subject", "Subject"), ("mail", "Anywhere in the mail")],
        "Looked For In", required=True, default="text",
        help="What the customer writes: without quoted mails, signature and disclaimer. Subject: not of an answer to "
             "an answer (“RE: …”).")
    patterns = fields.Text(
        "Words", required=True,
        help="One pattern a line; one of them is enough, within one sentence. Capitals and accents do not matter.\n"
             "betaal*  a word that begins so\n"
             "...  up to eight words in between\n"
             "(now|at once)  one of these\n"
             "[please]  may be missing\n"
             "{day}  a day; {later}: one to come; {earlier}: one gone by\n"
             "{amount}  an amount; {number}: an invoice number; {address}: an e-mail address; #: a number in figures; "
             "?: a question mark\n"
             "^ and $  the beginning and the end of the sentence")
    exceptions = fields.Text("But Not", help="A sentence in which one of these is found does not count for this rule.")
    weight = fields.Integer(
        help="Of several rules that are found, the heaviest decides. 0: the weight of the label.")
    weight_used = fields.Integer("Weight of the Label", compute="_compute_weight_used")

    _weight_in_range = models.Constraint(
        "CHECK (weight BETWEEN 0 AND 100)", "The weight of a rule lies between 0 and 100.")

    # ------------------------------------------------------------------
    # Compute and constraints
    # ------------------------------------------------------------------

    @api.depends("label", "weight")
    def _compute_weight_used(self):
        for rule in self:
            rule.weight_used = rule.weight or WEIGHTS.get(rule.label, 0)

    @api.constrains("patterns", "exceptions")
    def _check_patterns(self):
        for rule in self:
            if not read_lines(rule.patterns):
                raise ValidationError(self.env._("“%s” has no words.", rule.name))
            for pattern in (*read_lines(rule.patterns), *read_lines(rule.exceptions)):
                try:
                    compile_pattern(pattern)
                except PatternError as error:
                    raise ValidationError(self.env._(
                        "“%(name)s”: the line “%(pattern)s” cannot be read. Look at its brackets.",
                        name=rule.name, pattern=pattern)) from error

    @api.constrains("label", "category")
    def _check_category(self):
        for rule in self:
            if (rule.label == "dispute") != bool(rule.category):
                raise ValidationError(self.env._(
                    "“%s”: rules for disputes, and no others, say what is in dispute.", rule.name))

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        self.env.registry.clear_cache()
        return rules

    def write(self, vals):
        res = super().write(vals)
        self.env.registry.clear_cache()
        return res

    def unlink(self):
        res = super().unlink()
        self.env.registry.clear_cache()
        return res

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    @api.model
    @ormcache()
    def _rules(self):
        """All rules, as :class:`tools.replies.rules.Rule`."""
        # sudo: answers are read for whoever they come from, and the rules are no secret
        return tuple(Rule(
            name=rule.name,
            label=rule.label,
            patterns=read_lines(rule.patterns),
            exceptions=read_lines(rule.exceptions),
            language=rule.language or None,
            category=rule.category or None,
            weight=rule.weight,
            place=rule.place,
        ) for rule in self.sudo().search([]))
