"""The database that the demo starts from: the template with the addons installed.

    ./dev python devtools/demo_database.py key|exists NAME|make NAME
"""

import sys

import addons
import databases
import template


def main():
    command, *names = sys.argv[1:]
    if command == "key":
        made_of = [f"{addon}/**/*" for addon in addons.split()[0]]
        print(template.key(), addons.digest(*made_of, "devtools/demo*", "devtools/demo*/**/*"))
    elif command == "exists":
        print("yes" if databases.exists(names[0]) else "no")
    elif command == "make":
        databases.drop(names[0])
        databases.copy(template.with_addons(), names[0])
    else:
        raise SystemExit(__doc__)


if __name__ == "__main__":
    main()
