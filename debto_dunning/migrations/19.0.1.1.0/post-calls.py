def migrate(cr, version):
    """Tie each open call to the message that it is about: the newest one that wanted a call, as it replaced others."""
    cr.execute("""
        UPDATE dunning_communication communication SET call_activity_id = found.activity_id
          FROM (SELECT DISTINCT ON (activity.id) activity.id AS activity_id, wanted.id AS communication_id
                  FROM mail_activity activity
                  JOIN ir_model_data kind ON kind.module = 'mail' AND kind.name = 'mail_activity_data_call'
                                         AND kind.res_id = activity.activity_type_id
                  JOIN dunning_communication wanted ON wanted.debtor_id = activity.res_id
                 WHERE activity.res_model = 'dunning.debtor' AND activity.automated AND activity.active
                   AND wanted.is_reminder AND wanted.state = 'sent'
                   AND (wanted.channel = 'call' OR EXISTS (
                        SELECT FROM dunning_communication_line line
                          JOIN dunning_level level ON level.id = line.level_id AND level.call_activity
                         WHERE line.communication_id = wanted.id AND line.void IS NOT TRUE))
                 ORDER BY activity.id, wanted.date DESC, wanted.id DESC) found
         WHERE communication.id = found.communication_id
    """)
