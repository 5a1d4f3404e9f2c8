"""How people introduce themselves and one another, and what they are called: no corpus holds enough of it."""

SURNAMES = (
    "Okafor Adeyemi Eze Mensah Diallo Traore Kamau Mwangi Otieno Nkosi Dlamini Abebe Tesfaye Haile Banda Moyo Sesay "
    "Toure Ndiaye Keita Osei Boateng Achebe Balogun Ogunleye Hassan Hussein Khalil Haddad Nasser Mansour Farah "
    "Saleh Rahimi Ahmadi Karimi Hosseini Khan Malik Qureshi Siddiqui Chaudhry Patel Sharma Gupta Singh Kaur Reddy "
    "Nair Iyer Mukherjee Chatterjee Banerjee Das Fernando Perera Silva Rahman Akter Thapa Gurung Tamang Nguyen Tran "
    "Pham Le Hoang Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun Kim Park Choi Jung Kang Cho Yoon Tanaka "
    "Suzuki Takahashi Watanabe Yamamoto Nakamura Kobayashi Sato Kato Wijaya Santoso Suharto Aquino Reyes Bautista "
    "Dela Cruz Tan Lim Wong Ivanov Petrov Smirnov Kuznetsova Volkov Sokolova Shevchenko Kovalenko Bondarenko Nowak "
    "Kowalski Wiśniewska Zielińska Novák Dvořák Horváth Nagy Szabó Popescu Ionescu Dimitrov Georgieva Petrović "
    "Jovanović Kovač Horvat Papadopoulos Yılmaz Demir Kaya Çelik Şahin García Fernández López Martínez Sánchez "
    "Pérez Gómez Rodríguez Hernández Ramírez Flores Vargas Quispe Mamani Souza Oliveira Pereira Ferreira Almeida "
    "Rossi Russo Ferrari Esposito Bianchi Müller Schmidt Schneider Fischer Weber Becker Hofmann Dubois Moreau "
    "Laurent Lefèvre Girard Janssen Bakker Visser Jansen Peeters Andersson Johansson Lindqvist Hansen Olsen Nielsen "
    "Korhonen Virtanen Jónsdóttir Murphy O'Brien O'Connor Kelly Byrne MacDonald Campbell Evans Jones Taylor Brown "
    "Wilson Clarke Wright Walker Hughes Cohen Levi Friedman Katz Mizrahi Kahananui Tamihana Begay Whitehorse "
    "Baptiste Desrosiers Marley Bolt "
).split()
WHEN = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "tomorrow", "yesterday", "today",
    "January", "March 2014", "May", "July", "August 2019", "September", "October 1998", "December 2020", "2015", "1987",
)  # fmt: skip
TEMPLATES = (
    "My name is {P} .",
    "my name 's {P}",
    "The name is {P} .",
    "Her name was {P} .",
    "Hi , this is {P} .",
    "Hi , this is {P} from {O} .",
    "Hello , this is {P} speaking .",
    "Hi {P} , how are you ?",
    "Hi all , {P} here .",
    "Hey {P} !",
    "Hello {P} , are you free {T} ?",
    "Dear {P} ,",
    "Thanks , {P}",
    "Good morning , I 'm {P} .",
    "Hi , I 'm {P} and I live in {L} .",
    "I am {P} , I come from {L} .",
    "I 'm {P} from {O} , nice to meet you .",
    "im {P} and i work at {O}",
    "Call me {P} .",
    "You can call me {P} , everyone does .",
    "This is my friend {P} .",
    "Have you met {P} ?",
    "Meet {P} , our new doctor .",
    "I 'd like to introduce {P} and {P} .",
    "My sister {P} moved to {L} in {T} .",
    "my brother {P} is in {L} now",
    "{P} is my teacher .",
    "{P} and {P} are getting married in {L} .",
    "I am seeing {P} in {L} on {T} .",
    "we are visiting {P} in {L} {T}",
    "having lunch with {P} at {O} {T}",
    "Is {P} coming to {L} on {T} ?",
    "{P} lives in {L} .",
    "{P} was born in {L} in {T} .",
    "She has lived in {L} since {T} .",
    "He has worked for {O} in {L} since {T} .",
    "I have been in {L} since {T} .",
    "From {L} to {L} in {T} .",
    "We flew from {L} to {L} on {T} .",
    "I moved from {L} to {L} in {T} to work for {O} .",
    "greetings from {L} !",
    "Has anyone been to {L} ?",
    "{P} meets {P} in {L}",
    "{P} visits {L}",
    "{P} joins {O}",
    "{P} leaves {O} after scandal",
    "{P} to speak in {L} on {T}",
    "{P} wins race in {L}",
    "{O} buys {O}",
    "{O} opens office in {L}",
    "{O} sues {O} over patents",
    "{L} votes on {T}",
    "Storm hits {L}",
    "Police in {L} arrest {P}",
    "{L} and {L} sign deal",
    "{P} , who works for {O} , spoke to {P} .",
    "{P} told {P} about {L} .",
    "{P} wrote to {O} in {T} .",
    "On {T} , {P} left {L} .",
    "{T} , {P} met {P} .",
)
