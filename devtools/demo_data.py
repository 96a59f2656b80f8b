"""What the demo's company sells and who buys from it: names, places, products. All firms and people are invented."""
from typing import NamedTuple

COMPANY = {
    "name": "Kantoorhuis Lindeboom BV",
    "street": "Zandstraat 48",
    "zip": "9000",
    "city": "Gent",
    "country": "BE",
    "phone": "+32 9 000 04 80",
    "email": "boekhouding@lindeboom.example",
    "website": "https://www.lindeboom.example",
    "domain": "lindeboom.example",
    "bank": ("Scheldebank", "SCHEBEB1"),
}

LANGUAGES = ("nl_BE", "nl_NL", "fr_BE", "fr_FR", "de_DE")

# login, name, language, what the user is
USERS = (
    ("an", "An Verhelst", "nl_BE", "manager"),
    ("koen", "Koen Baert", "nl_BE", "billing"),
    ("sophie", "Sophie Delcourt", "fr_BE", "billing"),
    ("tom", "Tom Wouters", "nl_BE", "sales"),
    ("eva", "Eva Claes", "nl_BE", "sales"),
)


class Region(NamedTuple):
    """Where a customer lives: how people and firms are called there and which language they read."""
    country: str
    lang: str
    customers: int
    forms: tuple
    first: str
    last: str
    trades: str
    streets: str
    cities: str
    accounts: str
    function: str


REGIONS = {
    "vlaanderen": Region(
        "BE", "nl_BE", 68, ("BV", "BV", "NV", "VOF", "CV"),
        "Jan,Marie,Pieter,Els,Koenraad,Annelies,Bart,Lieve,Wim,Katrien,Joris,Hilde,Stijn,Greet,Dries,Nele,Maarten",
        "Vandenbroele,Verhaeghe,Dewulf,Goossens,Van Damme,Lambrecht,Coppens,De Ridder,Haesaert,Mertens,Vercauteren,"
        "Bogaert,Wauters,Decoster,Buyse,Thienpont,Vanhoutte,Speybrouck,Roelandt,Claeys,Desmedt,Impens",
        "Bakkerij,Garage,Notariskantoor,Schrijnwerkerij,Apotheek,Architectenbureau,Drukkerij,Bouwbedrijf,"
        "Transport,Tandartspraktijk,Tuincentrum,Kinesitherapie,Verzekeringen,Advocatenkantoor,Electro,Slagerij,"
        "Dierenartspraktijk,Schilderwerken,Fietsen,Optiek,Kapsalon,Accountancy,Dakwerken,Wijnhandel",
        "Kerkstraat,Stationsstraat,Molenstraat,Dorpsstraat,Nieuwstraat,Veldstraat,Kasteelstraat,Beukenlaan,"
        "Gentsesteenweg,Brugsesteenweg,Markt,Industriepark,Vaartkaai,Lindenlaan",
        "9000 Gent,8500 Kortrijk,8000 Brugge,9300 Aalst,9100 Sint-Niklaas,2800 Mechelen,3000 Leuven,2000 Antwerpen,"
        "8800 Roeselare,9700 Oudenaarde,9800 Deinze,3500 Hasselt,2300 Turnhout,8400 Oostende,9500 Geraardsbergen",
        "Facturatie", "Crediteurenadministratie"),
    "wallonie": Region(
        "BE", "fr_BE", 30, ("SRL", "SRL", "SA", "SC", "ASBL"),
        "Luc,Isabelle,Benoît,Nathalie,Olivier,Véronique,Frédéric,Anne-Sophie,Xavier,Céline,Damien,Élodie",
        "Lambert,Dubois,Collignon,Delvaux,Piron,Hallet,Gilson,Marchal,Toussaint,Rensonnet,Wéry,Noël,Bodart,Libert",
        "Boulangerie,Garage,Étude notariale,Menuiserie,Pharmacie,Bureau d'architectes,Imprimerie,Toitures,"
        "Transports,Cabinet dentaire,Jardinerie,Fiduciaire,Traiteur,Librairie,Chauffage,Carrosserie",
        "Rue de la Station,Rue du Moulin,Chaussée de Namur,Grand-Place,Rue Haute,Avenue des Tilleuls,Quai de Meuse,"
        "Rue des Écoles,Place du Marché",
        "4000 Liège,5000 Namur,6000 Charleroi,7000 Mons,7500 Tournai,1300 Wavre,6700 Arlon,4500 Huy,1400 Nivelles",
        "Comptabilité", "Comptabilité fournisseurs"),
    "ostbelgien": Region(
        "BE", "de_DE", 3, ("GmbH", "AG"),
        "Ralf,Monika,Guido", "Schumacher,Pauels,Kessler,Heinen,Lennertz",
        "Schreinerei,Autohaus,Bäckerei", "Klosterstraße,Aachener Straße,Marktplatz", "4700 Eupen,4780 Sankt Vith",
        "Buchhaltung", "Kreditorenbuchhaltung"),
    "nederland": Region(
        "NL", "nl_NL", 38, ("B.V.", "B.V.", "V.O.F.", "Holding B.V."),
        "Jeroen,Sanne,Daan,Femke,Bas,Marloes,Ruben,Lotte,Sander,Anouk,Thijs,Mirjam",
        "de Vries,van den Berg,Hoekstra,Brouwer,Kuipers,van Dijk,Postma,Schouten,Terpstra,Vermeer,Boonstra,"
        "Oosterhuis,Wiersma,Verhoeven,Timmermans",
        "Bakkerij,Autobedrijf,Installatietechniek,Timmerbedrijf,Drukwerk,Transport,Tandartsen,Hoveniers,Makelaardij,"
        "Webbureau,Groothandel,Adviesgroep,Rijwielen,Fysiotherapie,Kwekerij",
        "Dorpsstraat,Hoofdstraat,Stationsweg,Julianalaan,Industrieweg,Kerkplein,Havenkade,Molenweg,Wilhelminastraat",
        "4811 Breda,5038 Tilburg,5611 Eindhoven,3011 Rotterdam,3511 Utrecht,4331 Middelburg,4531 Terneuzen,"
        "1012 Amsterdam,6211 Maastricht,8011 Zwolle,9711 Groningen",
        "Facturen", "Crediteurenadministratie"),
    "france": Region(
        "FR", "fr_FR", 17, ("SARL", "SARL", "SAS", "EURL"),
        "Julien,Camille,Thierry,Aurélie,Guillaume,Sandrine,Mathieu,Hélène",
        "Lefebvre,Vasseur,Delattre,Moreau,Carpentier,Fournier,Wattiez,Leclercq,Girard,Masson",
        "Boulangerie,Garage,Étude,Menuiserie,Pharmacie,Cabinet d'architecture,Imprimerie,Transports,Traiteur,"
        "Cave,Agence",
        "Rue Nationale,Rue de l'Église,Boulevard de la Liberté,Place de la Gare,Rue du Faubourg,Avenue du Général",
        "59000 Lille,59200 Tourcoing,59100 Roubaix,62000 Arras,59140 Dunkerque,80000 Amiens,51100 Reims,75011 Paris",
        "Comptabilité", "Service fournisseurs"),
    "deutschland": Region(
        "DE", "de_DE", 15, ("GmbH", "GmbH", "GmbH & Co. KG", "e. K."),
        "Stefan,Petra,Jürgen,Sabine,Matthias,Birgit,Holger,Claudia",
        "Krämer,Hoffmeister,Wittkamp,Lohmann,Brückner,Esser,Thelen,Küppers,Jansen,Bergmann",
        "Bäckerei,Autohaus,Kanzlei,Tischlerei,Apotheke,Architekturbüro,Druckerei,Spedition,Zahnarztpraxis,Weinhandel",
        "Hauptstraße,Bahnhofstraße,Gartenweg,Lindenallee,Am Markt,Industriestraße,Schulstraße",
        "52062 Aachen,50667 Köln,40213 Düsseldorf,41061 Mönchengladbach,47051 Duisburg,44135 Dortmund,48143 Münster",
        "Buchhaltung", "Kreditorenbuchhaltung"),
}

# firms invoiced in their own currency, outside the four countries
OVERSEAS = (
    {"name": "Harrowgate Interiors Ltd", "country": "GB", "lang": "en_US", "street": "12 Mill Lane",
     "zip": "LS1 4AP", "city": "Leeds", "currency": "GBP"},
    {"name": "Pennywick Events Ltd", "country": "GB", "lang": "en_US", "street": "7 Orchard Road",
     "zip": "CT1 2HX", "city": "Canterbury", "currency": "GBP"},
    {"name": "Larkspur Office Group Inc.", "country": "US", "lang": "en_US", "street": "410 Juniper Avenue",
     "zip": "02110", "city": "Boston", "currency": "USD"},
)


class Product(NamedTuple):
    """A thing sold: price in EUR without VAT, VAT rate in percent, how many of it one buys at a time."""
    code: str
    trade: str
    kind: str
    price: float
    vat: int
    quantity: tuple
    en: str
    nl: str
    fr: str
    de: str


PRODUCTS = tuple(Product(*row) for row in (
    ("KA-010", "office", "consu", 4.35, 21, (10, 80), "Copy paper A4 80 g, ream of 500 sheets",
     "Kopieerpapier A4 80 g, riem van 500 vel", "Papier A4 80 g, rame de 500 feuilles",
     "Kopierpapier A4 80 g, 500 Blatt"),
    ("KA-022", "office", "consu", 2.95, 21, (5, 60), "Lever arch file 80 mm", "Ordner 80 mm",
     "Classeur à levier 80 mm", "Ordner 80 mm"),
    ("KA-031", "office", "consu", 89.5, 21, (1, 6), "Toner cartridge black, 6,000 pages",
     "Tonercassette zwart, 6.000 pagina's", "Cartouche de toner noir, 6.000 pages",
     "Tonerkartusche schwarz, 6.000 Seiten"),
    ("KA-044", "office", "consu", 289.0, 21, (1, 8), "Desk chair Meander, adjustable",
     "Bureaustoel Meander, verstelbaar", "Siège de bureau Meander, réglable", "Bürostuhl Meander, verstellbar"),
    ("KA-047", "office", "consu", 645.0, 21, (1, 4), "Sit-stand desk 160 × 80 cm", "Zit-sta-bureau 160 × 80 cm",
     "Bureau assis-debout 160 × 80 cm", "Sitz-Steh-Schreibtisch 160 × 80 cm"),
    ("KA-052", "office", "consu", 12.4, 21, (4, 30), "Whiteboard markers, set of 6", "Whiteboardstiften, set van 6",
     "Marqueurs pour tableau blanc, lot de 6", "Whiteboard-Marker, 6er-Set"),
    ("KA-060", "office", "consu", 31.9, 21, (2, 20), "Printed envelopes, box of 500",
     "Bedrukte enveloppen, doos van 500", "Enveloppes imprimées, boîte de 500", "Bedruckte Umschläge, Karton zu 500"),
    ("KA-090", "office", "service", 18.5, 21, (1, 1), "Delivery and installation", "Levering en plaatsing",
     "Livraison et installation", "Lieferung und Aufstellung"),
    ("IT-100", "it", "service", 145.0, 21, (1, 6), "Maintenance contract workstations, month",
     "Onderhoudscontract werkplekken, maand", "Contrat d'entretien postes de travail, mois",
     "Wartungsvertrag Arbeitsplätze, Monat"),
    ("IT-110", "it", "service", 92.0, 21, (1, 14), "Technician on site, hour", "Technieker ter plaatse, uur",
     "Technicien sur place, heure", "Techniker vor Ort, Stunde"),
    ("IT-120", "it", "service", 12.8, 21, (5, 40), "Back-up in the cloud, device and month",
     "Back-up in de cloud, toestel en maand", "Sauvegarde dans le cloud, appareil et mois",
     "Datensicherung in der Cloud, Gerät und Monat"),
    ("IT-131", "it", "consu", 849.0, 21, (1, 5), "Laptop 14 inch, 16 GB, refurbished",
     "Laptop 14 inch, 16 GB, gereviseerd", "Portable 14 pouces, 16 Go, reconditionné",
     "Laptop 14 Zoll, 16 GB, generalüberholt"),
    ("IT-135", "it", "consu", 179.0, 21, (1, 8), "Monitor 24 inch", "Beeldscherm 24 inch", "Écran 24 pouces",
     "Bildschirm 24 Zoll"),
    ("IT-140", "it", "service", 380.0, 21, (1, 2), "Network check with report", "Netwerkcontrole met verslag",
     "Contrôle du réseau avec rapport", "Netzwerkprüfung mit Bericht"),
    ("IT-150", "home", "service", 75.0, 21, (1, 3), "Computer repair at home, hour",
     "Computerherstelling aan huis, uur", "Réparation d'ordinateur à domicile, heure",
     "Computerreparatur zu Hause, Stunde"),
    ("CA-200", "catering", "service", 14.9, 21, (8, 60), "Lunch buffet, person", "Lunchbuffet, persoon",
     "Buffet de midi, personne", "Mittagsbuffet, Person"),
    ("CA-210", "catering", "consu", 6.75, 6, (10, 60), "Sandwich lunch, person", "Broodjeslunch, persoon",
     "Lunch sandwichs, personne", "Belegte Brötchen, Person"),
    ("CA-220", "catering", "consu", 42.0, 6, (1, 8), "Fruit basket", "Fruitmand", "Corbeille de fruits", "Obstkorb"),
    ("CA-230", "catering", "consu", 21.5, 6, (2, 16), "Coffee beans fair trade, kilo", "Koffiebonen fair trade, kilo",
     "Café en grains équitable, kilo", "Kaffeebohnen aus fairem Handel, Kilo"),
    ("CA-240", "catering", "service", 38.0, 21, (2, 10), "Serving staff, hour", "Bediening, uur",
     "Personnel de service, heure", "Bedienung, Stunde"),
    ("CA-250", "home", "service", 32.5, 21, (12, 40), "Buffet for a family party, person",
     "Buffet voor een familiefeest, persoon", "Buffet pour fête de famille, personne",
     "Buffet für ein Familienfest, Person"),
    ("CA-260", "home", "service", 55.0, 21, (1, 4), "Hire of tables and crockery", "Huur van tafels en servies",
     "Location de tables et de vaisselle", "Miete von Tischen und Geschirr"),
    ("SC-300", "cleaning", "service", 34.5, 21, (4, 30), "Office cleaning, hour", "Kantoorschoonmaak, uur",
     "Nettoyage de bureaux, heure", "Büroreinigung, Stunde"),
    ("SC-310", "cleaning", "service", 210.0, 21, (1, 3), "Window cleaning, round", "Ramen wassen, beurt",
     "Lavage de vitres, passage", "Fensterreinigung, Durchgang"),
    ("SC-320", "cleaning", "consu", 9.9, 21, (4, 24), "Paper hand towels, pack", "Papieren handdoekjes, pak",
     "Essuie-mains en papier, paquet", "Papierhandtücher, Packung"),
    ("SC-330", "cleaning", "consu", 7.25, 21, (4, 24), "Liquid soap, 5 litres", "Vloeibare zeep, 5 liter",
     "Savon liquide, 5 litres", "Flüssigseife, 5 Liter"),
))


class Habit(NamedTuple):
    """How a customer pays: share of all customers, days after the due date (mean, spread), chance that an invoice of
    the last months is forgotten, whether it pays in two parts."""
    share: float
    mean: float
    spread: float
    forgets: float
    parts: bool = False


HABITS = {
    "early": Habit(0.18, -6, 4, 0.02),
    "prompt": Habit(0.27, 1, 3, 0.05),
    "slow": Habit(0.22, 11, 6, 0.12),
    "late": Habit(0.15, 38, 16, 0.16),
    "parts": Habit(0.08, 14, 8, 0.12, parts=True),
    # pays late, and from some day of the last months on nothing at all
    "stops": Habit(0.10, 20, 10, 0.10),
}
