"""The words of clean files: real kinds of places, categories and outcomes, many named after people."""

from typing import Final


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.replace("\n", "|").split("|") if line.strip())


STREET_NAMES: Final = _lines("""
Victoria|Albert|Charlotte|George|Stanley|Arthur|Thomas|William|Alexandra|Florence|Edward|Nelson|Wellington|Jordan
Shirley|Abbeydale|Ecclesall|Norfolk|Rockingham|Mary|Margaret|Alice|Duncan|Graham|Gordon|Nelson Mandela
Martin Luther King|Jessop|Henry|Harcourt|Robertson|Wilson|Walker|Wright|Baker|Taylor|Cooper|Jackson|Campbell|Harvey
Russell|Mitchell|Spencer|Douglas|St James|St Mary's|St Anne's|King Edward|Queen Elizabeth|Prince Charles|Princess Anne
Sir John|Lady Margaret|Church|Station|Mill|High|Market|Chapel|School|Park|London|Manchester Old|Upper Hanover
Lower Clara|Daniel Hill|Ella|Clara|Ruby|Amber|Holly|Hazel|Heather|Rowan|Willow|Laurel|Myrtle|Olive|Ivy|Rose|Lily|Carr
Hall|Wood|Green|Hill|Manor|Farm|Orchard|Spital|Greystones|Ahmed|Ali|Khan|Patel|Gandhi|Kenyatta|Olive Grove|Emily
Sophie|Jamie|Charlie|Joshua|Samuel|Isaac Newton|James Watt|Dixon|Brunel|Darwin|Elgar|Shelley|Byron|Keats|Tennyson
Wordsworth|Milton|Austen|Bronte|Dickens|Scott|Burns|Barnsley|Hope|Grace
""")
STREET_KINDS: Final = _lines("""
Road|Street|Avenue|Lane|Drive|Close|Crescent|Place|Way|Grove|Gardens|View|Terrace|Court|Croft|Mews|Square|Walk|Green
Mount|Rise|Gate|Bank|Row|Fold|Vale|Parade|Hill|Park
""")
POLICE_SPOTS: Final = _lines("""
Supermarket|Petrol Station|Parking Area|Shopping Area|Nightclub|Sports/Recreation Area
Further/Higher Educational Building|Pedestrian Subway|Hospital|Police Station|Bus/Coach Station|Park/Open Space
Theatre/Concert Hall|Conference/Exhibition Centre
""")
LANDMARKS: Final = _lines("""
St James Park|George Inn|The Prince Albert|Queen Victoria statue|Meadowhall|Crystal Peaks|Millhouses Park|Weston Park
Norfolk Heritage Park|Graves Park|Charlotte Street car park|Victoria Quays|Peace Gardens|Tudor Square|Orchard Square
Bramall Lane|Hillsborough Corner|Ponds Forge|Sheffield Interchange|Barnsley Bus Station|Doncaster Frenchgate
Rother Valley|Kelham Island|Concord Park|Firth Park clock tower|Spital Hill|Wicker Arches|Castle Market
Devonshire Green|Endcliffe Park|Underpass at Park Square|Stairwell B, Lansdowne|Car park behind Wilko
Row of shops, Buchanan Road|Bus stop opposite the library|Canal towpath by lock 4|Skatepark|MUGA
Alley behind the chip shop|Old Bus Depot|Thomas Street Bridge|Parkwood Springs
""")
PREMISES: Final = _lines("""
McDonald's|KFC|Greggs|Tesco Express|Sainsbury's Local|Co-op|John Lewis|Marks & Spencer|WH Smith|Boots|Primark|B&M|Aldi
Lidl|Nando's|Wetherspoons|The Frog and Parrot|The Fat Cat|The Rutland Arms|Fagan's|Ali's Kebab House|Mr Chippy
Dixy Chicken|Travelodge|Premier Inn|Ibis|Hallam FM Arena|Odeon|Cineworld|Virgin Active|PureGym|Costa|Starbucks|Subway
Bargain Booze|Peter Jones|Paul Smith|Robert Dyas|Thomas Cook|Laura Ashley|Harvey's Bar|Frankie & Benny's|Ladbrokes
William Hill|Paddy Power
""")
NAMED_PLACES: Final = _lines("""
Alexandra Palace|Holly Wood|Stanley Matthews statue|Charlie Brown's roundabout|Robin Hood's Well|Jessica's corner shop
George Wood|Emily Wilding Davison memorial|Amy Johnson House|Harold Wilson Court|Jamie Clarke memorial bench
Daisy Walk|Victoria Wood|Grace Darling Lifeboat|Florence Park|Ruby Lounge|The Arthur Wharton|Edward Carpenter Hall
""")
WARDS: Final = _lines("""
Beauchief and Greenhill|Beighton|Birley|Broomhill and Sharrow Vale|Burngreave|City|Crookes and Crosspool|Darnall
Dore and Totley|East Ecclesfield|Ecclesall|Firth Park|Fulwood|Gleadless Valley|Graves Park|Hillsborough|Manor Castle
Mosborough|Nether Edge and Sharrow|Park and Arbourthorne|Richmond|Shiregreen and Brightside|Southey|Stannington
Stocksbridge|Walkley|West Ecclesfield|Woodhouse|Boston Castle|Wingfield|Wickersley North|Stanley|Kingsley|Victoria
St James'|Abbey|Armthorpe|Balby South|Bentley|Conisbrough|Edenthorpe|Finningley|Hatfield|Mexborough|Roman Ridge
Tickhill|Wheatley Hills|Elliott|Harrison|Norris Green|Allerton|Clifton|Sutton|Barnes|Preston|Stafford|Shirley East
Acocks Green|Bailey|Carter Knowle
""")
TOWNS: Final = _lines("""
Sheffield|Rotherham|Barnsley|Doncaster|Leeds|Bradford|Preston|Bolton|Lincoln|Carlisle|Stafford|Warwick
Kingston upon Hull|Chester|Lancaster|York|Durham|Bristol|Newcastle upon Tyne|Stoke-on-Trent|Southend-on-Sea
Tower Hamlets|Kent|Washington
""")
DISTRICTS: Final = (
    "Sheffield",
    "Camden",
    "Barnsley",
    "Bath and North East Somerset",
    "Kingston upon Thames",
    "Lincoln",
    "Preston",
)
CONSTITUENCIES: Final = _lines("""
Sheffield Central|Sheffield, Hallam|Sheffield, Heeley|Rother Valley|Wentworth and Dearne|Barnsley East|Don Valley
Penistone and Stocksbridge|Doncaster North|Leeds Central|Bradford West|Bristol South|Preston|Stafford
""")
CATEGORIES: Final = _lines("""
Violence and sexual offences|Anti-social behaviour|Criminal damage and arson|Public order|Burglary|Vehicle crime
Other theft|Shoplifting|Other crime|Drugs|Robbery|Possession of weapons|Theft from the person|Bicycle theft|Grooming
County lines|Missing|Knife carrying|Exploitation (criminal)|Exploitation (sexual)|Harmful sexual behaviour|Bullying
Hate - race|Online contact|Cuckooing|Vaping|Alcohol|Cannabis|Nitrous oxide|Fireworks|Fire setting|Intimidation
Gang violence|Trafficking|Radicalisation|CSE|CCE|ASB|Self-harm|Assault with injury|Assault without injury|Peer on peer
Child-on-child abuse|Truancy|Fighting
""")
OUTCOMES: Final = _lines("""
Investigation complete; no suspect identified|Unable to prosecute suspect|Status update unavailable
Under investigation|Awaiting court outcome|Court result unavailable|Offender given a caution|Offender sent to prison
Local resolution|Further investigation is not in the public interest|Formal action is not in the public interest
No further action|Action to be taken by another organisation|Suspect charged as part of another case
Offender given penalty notice|Further action is not in the public interest|Offender given a drugs possession warning
Referred to early help|MACE panel|Strategy meeting held|Advice given|Parents informed|Police informed and log given
Signposted to youth service|Words of advice|Article found - Detailed outcome unavailable|A no further action disposal
Nothing found - no further action|Khat or Cannabis warning
""")
DESCRIPTIONS: Final = _lines("""
Report of young people drinking in the park after school|Adult approaching children near the school gate
Group gathering in the stairwell and intimidating residents|Damage to a bus shelter
Supply of vapes to children from a shop|Weapon found hidden in open space|Robbery of a mobile phone on the way home
Threats made online between groups|Young people missing overnight and found together
Car seen loitering outside the school|Hotel used by adults with children
""")
LEVELS: Final = _lines(
    "Red|Amber|Green|High|Medium|Low|1|2|3|Standard|Critical|Level 2|Tier 3|Band A|Band B|Significant"
)
SOURCES: Final = _lines("""
School|Police|Youth worker|Parent|Member of public|Social care|Bus driver|PCSO|Housing officer|Teacher|Nurse|A&E
Anonymous|South Yorkshire Police|City of London Police|British Transport Police|Stagecoach|First Bus|Crimestoppers
MASH|St John Ambulance|Barnardo's|The Children's Society|Victim Support|NSPCC|Sheffield Futures|Park ranger|Shop staff
Security guard|Street pastor
""")
AGE_BANDS: Final = (
    "under 10",
    "10-17",
    "18-24",
    "25-34",
    "over 34",
    "11-13",
    "14-15",
    "16-17",
    "Unknown",
    "KS3",
    "0-4",
    "12 to 15",
)
GENDERS: Final = ("Male", "Female", "Other", "Non-binary", "Not stated", "M", "F", "Mixed group", "Boys", "Girls")
ETHNICITIES: Final = _lines("""
White - English/Welsh/Scottish/Northern Irish/British|Black/African/Caribbean/Black British - African
Other ethnic group - Not stated|Asian/Asian British - Pakistani|White - Irish
Asian/Asian British - Any other Asian background|White|Black|Asian|Mixed|Chinese|Arab
Mixed/Multiple ethnic groups - White and Black Caribbean|White - Gypsy or Irish Traveller|Bangladeshi|Indian
""")
YEAR_GROUPS: Final = (
    "Year 7",
    "Year 8",
    "Y9",
    "Y10",
    "11",
    "7B",
    "8C",
    "9 Red",
    "KS2",
    "KS4",
    "Sixth form",
    "10AB",
    "Yr 12",
    "R",
)
TERMS: Final = (
    "Autumn 1",
    "Autumn 2",
    "Spring 1",
    "Spring 2",
    "Summer 1",
    "Summer 2",
    "Autumn",
    "Summer",
    "Spring",
    "2021/22",
    "HT3",
)
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
)
YEAR_MONTHS: Final = (
    "2021-01",
    "2021-02",
    "2021-09",
    "2022-03",
    "2022-04",
    "2023-11",
    "09/2021",
    "Sep 2021",
    "March 2022",
    "Jan-21",
)
ROAD_NUMBERS: Final = (
    "A61",
    "A57",
    "M1",
    "M1 J33",
    "A6102",
    "B6069",
    "A1(M)",
    "M18 J2",
    "A630 Sheffield Parkway",
    "A61 and ring road",
)
ROUTES: Final = (
    "52",
    "X1",
    "120",
    "M17",
    "Supertram Blue",
    "Tram - Yellow",
    "Bus 95",
    "School bus S12",
    "Northern train",
    "83A",
)
PLACE_TYPES: Final = _lines("""
park or open space|transport hub or stop|takeaway or café|shopping centre or shop|housing estate|stairwell or car park
school gate|vacant building|alleyway or route|licensed premises or hotel|leisure place|other|Park|Bus station|Takeaway
Online|Car park|Woods
""")
TEAMS: Final = _lines("""
North|South|East|West|Central|Hillsborough NPT|City Centre team|Early Help West|Amber team|Harper team|Team A
Victoria hub|Jubilee|MAST North|Woodhouse|Moss Way|Sheffield NE|Community Safety|Fusion|Golddigger|Duchess|Fortify
Op Sceptre|Operation Jasmine
""")
WEATHER: Final = ("Dry", "Rain", "Snow", "Fog", "Dark, dry", "Dusk", "Clear", "Sunny", "Storm", "Frost", "Wind")
OBJECTS: Final = _lines("""
Controlled drugs|Offensive weapons|Stolen goods|Article for use in theft|Firearms|Knife|Bottle|None|Machete|Scissors
Zombie knife|Anything to threaten or harm anyone|Articles for use in criminal damage
Evidence of offences under the Act|Stanley knife|Jack knife
""")
SCHOOLS: Final = _lines("""
King Edward VII School|Tapton School|Thomas Rotherham College|Notre Dame High School|All Saints Catholic High School
Longley Park|Mercia|Astrea Academy|St Bernard's|Sir Harold Jackson Primary|Lydgate Junior School|Abbey Lane Primary
Hinde House|Newfield|Emmanuel Junior|Mary Queen of Scots Academy|William Levick Primary|Dixons Academy
UTC Olympic Legacy Park|Arbourthorne Primary
""")
PARKS: Final = (
    "Graves Park",
    "Endcliffe",
    "Bingham Park",
    "Whirlow Brook",
    "Meersbrook",
    "Hillsborough",
    "Clifton",
    "Elsecar",
    "Locke",
)
VEHICLES: Final = (
    "Car",
    "Van",
    "Moped",
    "E-scooter",
    "Taxi",
    "Black saloon",
    "White van",
    "Bicycle",
    "None",
    "BMW 3",
    "Audi A3",
    "VW T5",
)
ACTS: Final = _lines("""
Misuse of Drugs Act 1971 (section 23)|Police and Criminal Evidence Act 1984 (section 1)|Firearms Act 1968 (section 47)
Criminal Justice and Public Order Act 1994 (section 60)|Offences Against the Person Act 1861|s.47|s.18
Public Order Act 1986
""")
PLATFORMS: Final = (
    "Snapchat",
    "TikTok",
    "Instagram",
    "Discord",
    "WhatsApp",
    "In person",
    "Roblox",
    "Phone",
    "E-mail",
    "X",
    "Web",
    "Omegle",
)
COLOURS: Final = (
    "Red",
    "Amber",
    "Ruby",
    "Scarlet",
    "Jade",
    "Olive",
    "Violet",
    "Black",
    "White",
    "Silver",
    "Grey",
    "Hazel",
)
CLOTHING: Final = (
    "Black hoodie",
    "Grey joggers",
    "School blazer",
    "North Face coat",
    "Nike Tech",
    "Balaclava",
    "Face covering",
    "Cap",
)
PLAIN_WORDS: Final = _lines("""
Filled|Count|Soap|Table|Lamp|Index|Home|Raft|Pace|Limbs|Mild|Jazz|Upper|Noble|Gates|Tried|Bravo|Club|Info|Site|Online
Apps|Media|Grace|Mark|Frank|Hope|Rose|Dawn|Slate|Mango|Cheese|Pilots|Chat|Forum|Store|Fish|Dive|Ruler
""")
_FORENAMES: Final = """
Olivia Amelia Muhammad Noah Isla Arthur Ava Oscar Grace Leo Aisha Zainab Mohammed Yusuf Ibrahim Fatima Hamza Priya Arjun
Simran Gurpreet Harpreet Kwame Chidi Ngozi Adebayo Temitope Kofi Abena Jakub
Zuzanna Kacper Oliwia Andrei Ioana Mihai Elena
Tomasz Wiktoria Rhys Ffion Cerys Dylan Callum Eilidh Hamish Niamh Aoife Saoirse Conor Mei Jun Linh Hao Mehmet Elif Emre
Jayden Tyler Kayleigh Chantelle Connor Ellie Freya Archie Alfie Poppy Evie Harriet Imogen Sebastian Theo Reuben Jasmine
Demi-Leigh Mary-Jane Anne-Marie Zeeshan Bilal Umar Khadija Maryam Aaliyah Liam Declan Shanice Tyrone Jermaine Leanne
Gavin Susan Margaret Derek Kevin Tracey Sharon Dawid Szymon Nikola Amara Zuri Thandiwe Iqra Musa
"""
_SURNAMES: Final = """
Smith Jones Taylor Williams Khan Patel Hussain Ahmed Begum Ali Singh Kaur Okafor Adeyemi Mensah Boateng Nowak Kowalska
Wojcik Popescu Ionescu Nguyen Chen Wang O'Brien O'Connor McDonald Macleod Campbell Davies Evans Thomas Hughes Roberts
Robinson Thompson Wright Walker Green Hall Wood Clarke Jackson Edwards Turner Shah Malik Iqbal Akhtar Chowdhury Rahman
Sharma Gupta Mehta Owusu Asante Kamara Sesay Yilmaz Demir Silva Ferreira
Lewandowski Zielinski Bailey Richardson Marshall
Simpson Whittaker Sykes Haigh Crossley Ackroyd Featherstone Murphy Kelly Walsh Gallagher Barraclough Hinchliffe Mwangi
Abdi Warsame Hersi Dosanjh Grewal Sandhu Osei-Bonsu Smith-Jones Tesfaye Haile
"""
FORENAMES: Final = tuple(_FORENAMES.split())
SURNAMES: Final = tuple(_SURNAMES.split())
