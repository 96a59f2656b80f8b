{
    "name": "Dunning: test of its doors",
    "summary": "Adds a channel, a kind of message, a pause, an exclusion and a placeholder",
    "version": "19.0.1.0.0",
    "category": "Hidden/Tests",
    "author": "debto_dunning",
    "website": "https://debto-dunning.example.com",
    "license": "LGPL-3",
    "depends": ["debto_dunning"],
}
