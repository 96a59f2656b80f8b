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
dunning.charge                company  ----   ----   r---     r---      r---   r--u    r---
dunning.checkup               own      ----   ----   ----     ----      ----   rwcu    ----
dunning.checkup.line          own      ----   ----   ----     ----      ----   rwcu    ----
dunning.collector.rule        company  ----   ----   ----     r---      r---   rwcu    ----
dunning.communication         company  ----   ----   r-c-     rwc-      rwc-   rwc-    r-c-
dunning.communication.line    company  ----   ----   r---     r---      r---   r---    r---
dunning.confirm.posting       own      ----   ----   ----     rwcu      rwcu   rwcu    ----
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
dunning.hold                  company  ----   ----   ----     rwc-      rwc-   rwc-    ----
dunning.interest.import       own      ----   ----   ----     ----      ----   rwcu    ----
dunning.interest.kind         shared   ----   ----   r---     r---      r---   rwcu    r---
dunning.interest.rate         shared   ----   ----   r---     r---      r---   rwcu    r---
dunning.lateness              company  ----   ----   r---     r---      r---   r---    r---
dunning.law                   shared   ----   ----   r---     r---      r---   rwcu    r---
dunning.law.tier              shared   ----   ----   r---     r---      r---   rwcu    r---
dunning.letter.batch          company  ----   ----   ----     rw--      rw--   rw--    ----
dunning.level                 company  ----   ----   r---     r---      r---   rwcu    r---
dunning.policy                company  ----   ----   r---     r---      r---   rwcu    r---
dunning.preview               own      ----   ----   ----     rwcu      rwcu   rwcu    ----
dunning.preview.left          own      ----   ----   ----     rwcu      rwcu   rwcu    ----
dunning.preview.line          own      ----   ----   ----     rwcu      rwcu   rwcu    ----
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


def read_table(text):
    """{first column: {other column: cell}} of a table whose cells have no spaces."""
    header, *rows = (line.split() for line in text.strip().splitlines())
    return {row[0]: dict(zip(header[1:], row[1:], strict=True)) for row in rows}
