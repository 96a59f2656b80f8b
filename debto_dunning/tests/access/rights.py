"""Who may do what: the tables that the tests of this room hold the addon against.

A model, method, route or field that is not named here fails the tests: whoever adds one says who may use it.
"""

#: What each kind of user may do with a record of the own company: r(ead), w(rite), c(reate), u(nlink).
#: Scope: «company»: users of other companies find, read, write and delete nothing of it; «shared»: it has no company,
#: and who changes it works in every company that uses it; «all»: it has no company, and is everybody's of these
#: groups; «own»: a transient record of the user's own.
RIGHTS = """
model                         scope    public portal employee collector biller manager system
dunning.absence               all      ----   ----   ----     rwcu      rwcu   rwcu    ----
dunning.activate              own      ----   ----   ----     ----      ----   rwcu    ----
dunning.agreement.term        company  ----   ----   r---     rwc-      rwc-   rwcu    r---
dunning.bank.reach            company  ----   ----   ----     ----      r---   r---    ----
dunning.charge                company  ----   ----   r---     r---      r---   r--u    r---
dunning.checkup               own      ----   ----   ----     ----      ----   rwcu    ----
dunning.checkup.line          own      ----   ----   ----     ----      ----   rwcu    ----
dunning.collector.rule        company  ----   ----   ----     r---      r---   rwcu    ----
dunning.communication         company  ----   ----   r-c-     rwc-      rwc-   rwc-    r-c-
dunning.communication.line    company  ----   ----   r---     r---      r---   r---    r---
dunning.confirm.bank          own      ----   ----   ----     ----      rwcu   rwcu    ----
dunning.confirm.posting       own      ----   ----   ----     rwcu      rwcu   rwcu    ----
dunning.contact.proposal      company  ----   ----   ----     r---      r---   r---    ----
dunning.credit.answer         company  ----   ----   ----     ----      ----   ----    r---
dunning.credit.credential     company  ----   ----   ----     ----      ----   ----    r---
dunning.credit.event          company  ----   ----   ----     r---      r---   r---    ----
dunning.credit.import         own      ----   ----   ----     ----      ----   rwcu    ----
dunning.credit.import.column  own      ----   ----   ----     ----      ----   rwcu    ----
dunning.credit.import.line    own      ----   ----   ----     ----      ----   rwcu    ----
dunning.credit.provider       company  ----   ----   ----     r---      r---   r---    rwcu
dunning.credit.report         company  ----   ----   ----     r---      r---   r--u    ----
dunning.credit.session        company  ----   ----   ----     ----      ----   ----    r--u
dunning.credit.usage          company  ----   ----   ----     ----      ----   r---    r---
dunning.debtor                company  ----   ----   r---     rwc-      rwc-   rwcu    r---
dunning.dispute               company  ----   ----   ----     rw--      rw--   rw--    ----
dunning.dispute.category      company  ----   ----   r---     r---      r---   rwcu    r---
dunning.dispute.cause         company  ----   ----   r---     r---      r---   rwcu    r---
dunning.dispute.decide        own      ----   ----   rwcu     rwcu      rwcu   rwcu    rwcu
dunning.dispute.line          company  ----   ----   ----     r---      r---   r---    ----
dunning.dispute.make          own      ----   ----   rwcu     rwcu      rwcu   rwcu    rwcu
dunning.dispute.make.line     own      ----   ----   rwcu     rwcu      rwcu   rwcu    rwcu
dunning.hold                  company  ----   ----   ----     rwc-      rwc-   rwc-    ----
dunning.incoming.mail         company  ----   ----   ----     rw--      rw--   rw--    ----
dunning.interest.import       own      ----   ----   ----     ----      ----   rwcu    ----
dunning.interest.kind         shared   ----   ----   r---     r---      r---   rwcu    r---
dunning.interest.rate         shared   ----   ----   r---     r---      r---   rwcu    r---
dunning.invoice.requirement   company  ----   ----   r---     rwcu      rwcu   rwcu    r---
dunning.lateness              company  ----   ----   r---     r---      r---   r---    r---
dunning.law                   shared   ----   ----   r---     r---      r---   rwcu    r---
dunning.law.tier              shared   ----   ----   r---     r---      r---   rwcu    r---
dunning.letter.batch          company  ----   ----   ----     rw--      rw--   rw--    ----
dunning.level                 company  ----   ----   r---     r---      r---   rwcu    r---
dunning.link                  company  ----   ----   ----     r---      r---   r---    ----
dunning.page.attempt          all      ----   ----   ----     ----      ----   ----    r---
dunning.payment.link          company  ----   ----   ----     ----      ----   r---    rwcu
dunning.payment.plan          company  ----   ----   r---     rw--      rw--   rw--    r---
dunning.payment.plan.item     company  ----   ----   r---     r---      r---   r---    r---
dunning.payment.plan.line     company  ----   ----   r---     r---      r---   r---    r---
dunning.payment.plan.make     own      ----   ----   ----     rwcu      rwcu   rwcu    ----
dunning.payment.plan.make.item own     ----   ----   ----     rwcu      rwcu   rwcu    ----
dunning.payment.plan.make.line own     ----   ----   ----     rwcu      rwcu   rwcu    ----
dunning.payment.allotment     company  ----   ----   ----     r---      r---   r---    ----
dunning.policy                company  ----   ----   r---     r---      r---   rwcu    r---
dunning.preview               own      ----   ----   ----     rwcu      rwcu   rwcu    ----
dunning.preview.left          own      ----   ----   ----     rwcu      rwcu   rwcu    ----
dunning.preview.line          own      ----   ----   ----     rwcu      rwcu   rwcu    ----
dunning.promise               company  ----   ----   r---     rw--      rw--   rw--    r---
dunning.promise.line          company  ----   ----   r---     r---      r---   r---    r---
dunning.promise.make          own      ----   ----   ----     rwcu      rwcu   rwcu    ----
dunning.promise.make.line     own      ----   ----   ----     rwcu      rwcu   rwcu    ----
dunning.reply.rule            shared   ----   ----   r---     r---      r---   rwcu    r---
dunning.risk.history          company  ----   ----   r---     r---      r---   r---    r---
dunning.run                   company  ----   ----   ----     r---      r---   r---    ----
dunning.run.count             company  ----   ----   ----     r---      r---   r---    ----
dunning.segment               company  ----   ----   r---     r---      r---   rwcu    r---
dunning.send                  own      ----   ----   ----     rwcu      rwcu   rwcu    ----
dunning.send.line             own      ----   ----   ----     rwcu      rwcu   rwcu    ----
dunning.step.change           own      ----   ----   ----     rwcu      rwcu   rwcu    ----
dunning.term.change           company  ----   ----   ----     r---      r---   rw--    ----
dunning.waive                 own      ----   ----   ----     rwcu      rwcu   rwcu    ----
"""


#: Public methods that an addon of ours defines, and who may call them over the interface: the kind of user with the
#: fewest rights of :data:`LADDER`. Methods of the ORM that ours extend are held to the rights of their models above.
#: What only opens a window may be called by whoever reads the record (of an invoice also its customer): the window
#: shows what its reader may see, and calling it changes nothing.
METHODS = """
method                                              from
account.move.action_dunning_change                  employee
account.move.action_dunning_dispute                 biller
account.move.action_dunning_promise                 biller
account.move.action_dunning_send                    biller
account.move.action_dunning_waive                   employee
account.move.action_open_dunning_charges            portal
account.move.action_open_dunning_communications     employee
account.move.action_open_dunning_disputes           portal
account.move.action_open_dunning_promises           portal
dunning.activate.action_activate                    manager
dunning.activate.action_confirm_bank                manager
dunning.activate.action_deactivate                  manager
dunning.activate.action_preview                     manager
dunning.charge.action_book                          biller
dunning.charge.action_not_received                  collector
dunning.charge.action_open_move                     employee
dunning.charge.action_received                      collector
dunning.charge.action_waive                         employee
dunning.checkup.action_check_again                   manager
dunning.checkup.action_open                         manager
dunning.checkup.line.action_open_policy             manager
dunning.communication.action_approve                collector
dunning.communication.action_confirm_posting        employee
dunning.communication.action_dispute                collector
dunning.communication.action_do_as_proposed         collector
dunning.communication.action_log_contact            employee
dunning.communication.action_open_debtor            employee
dunning.communication.action_open_incoming_mail     employee
dunning.communication.action_open_letter            employee
dunning.communication.action_open_mail              employee
dunning.communication.action_payment_plan           collector
dunning.communication.action_promise                collector
dunning.communication.action_refuse                 collector
dunning.communication.action_reply_contact          collector
dunning.communication.action_reply_hold             collector
dunning.communication.action_reply_send_invoices    biller
dunning.communication.action_seen                   collector
dunning.communication.action_seen_and_hold          collector
dunning.communication.action_strike_out             employee
dunning.communication.action_withdraw               collector
dunning.confirm.bank.action_confirm                 biller
dunning.confirm.posting.action_confirm              collector
dunning.contact.proposal.action_confirm             collector
dunning.contact.proposal.action_refuse              collector
dunning.credit.import.action_back                   manager
dunning.credit.import.action_import                 manager
dunning.credit.import.action_preview                manager
dunning.credit.import.action_read                   manager
dunning.credit.provider.action_open_reports         employee
dunning.credit.provider.action_test                 system
dunning.debtor.action_ask_credit_report             collector
dunning.debtor.action_dispute                       collector
dunning.debtor.action_end_segment_choice            collector
dunning.debtor.action_explain_score                 collector
dunning.debtor.action_hand_out_data                 manager
dunning.debtor.action_hold                          employee
dunning.debtor.action_log_contact                   employee
dunning.debtor.action_open_charges                  employee
dunning.debtor.action_open_communications           employee
dunning.debtor.action_open_department_messages      employee
dunning.debtor.action_open_disputes                 employee
dunning.debtor.action_open_items                    employee
dunning.debtor.action_open_links                    employee
dunning.debtor.action_open_partner                  employee
dunning.debtor.action_open_risk_history             employee
dunning.debtor.action_open_payment_plans            employee
dunning.debtor.action_open_term_changes             employee
dunning.debtor.action_open_promises                 employee
dunning.debtor.action_payment_plan                  collector
dunning.debtor.action_promise                       collector
dunning.debtor.action_release                       collector
dunning.debtor.action_release_insolvency            collector
dunning.debtor.action_revoke_links                  collector
dunning.debtor.action_score                         employee
dunning.debtor.action_send_now                      collector
dunning.dispute.action_credited                     collector
dunning.dispute.action_reject                       collector
dunning.dispute.action_uphold                       collector
dunning.dispute.action_withdraw                     collector
dunning.dispute.decide.action_decide                collector
dunning.dispute.make.action_make                    employee
dunning.hold.action_lift                            collector
dunning.incoming.mail.action_assign                 collector
dunning.incoming.mail.action_dismiss                collector
dunning.incoming.mail.action_open_answer            employee
dunning.interest.import.action_import               manager
dunning.interest.kind.action_import                 employee
dunning.letter.batch.action_confirm_posting         employee
dunning.letter.batch.action_print                   collector
dunning.link.action_revoke                          collector
dunning.payment.plan.action_accept                  collector
dunning.payment.plan.action_propose                 collector
dunning.payment.plan.action_withdraw                collector
dunning.payment.plan.make.action_make               collector
dunning.payment.plan.make.action_propose            collector
dunning.policy.action_open_debtors                  employee
dunning.preview.action_activate                     manager
dunning.preview.action_refresh                      collector
dunning.preview.action_open                         collector
dunning.preview.left.action_open_items              collector
dunning.preview.line.action_open_items              collector
dunning.promise.action_withdraw                     collector
dunning.promise.make.action_make                    collector
dunning.run.action_open_communications              employee
dunning.run.count.action_open_items                 collector
dunning.segment.action_open_debtors                 employee
dunning.send.action_send                            collector
dunning.step.change.action_apply                    collector
dunning.term.change.action_accept                   manager
dunning.term.change.action_refuse                   manager
dunning.waive.action_waive                          collector
res.config.settings.action_dunning_activate         employee
res.config.settings.action_dunning_checkup          manager
res.config.settings.action_dunning_deactivate       system
res.config.settings.action_dunning_interest         employee
res.config.settings.action_dunning_laws             employee
res.partner.action_open_debtor                      employee
res.partner.action_open_dunning_communications      employee
"""
#: Kinds of users, each with at least the rights in dunning of the one before; «system» stands beside them.
LADDER = ("public", "portal", "employee", "collector", "biller", "manager")
#: Methods of the ORM, whose callers the table of rights names.
ORM_METHODS = {
    "create", "write", "unlink", "copy", "copy_data", "default_get", "onchange", "read", "search", "fields_get",
    "action_archive"}


def read_table(text):
    """{first column: {other column: cell}} of a table whose cells have no spaces."""
    header, *rows = (line.split() for line in text.strip().splitlines())
    return {row[0]: dict(zip(header[1:], row[1:], strict=True)) for row in rows}
