/** Words that the commonest passwords are made of; password-rules.ts says how. */
export const commonWords: readonly string[] = `
password passw0rd passwort passwd pass pasword parol parola haslo kennwort motdepasse contrasena senha wachtwoord
secret secrets sekret private default changeme changeit letmein welcome welcom hello hallo bonjour privet admin
administrator root user guest test tester testing temp temporary login master superuser manager system server access
accessed security computer internet windows microsoft google facebook twitter instagram youtube linkedin samsung nokia
iphone android apple macintosh oracle cisco database network wireless router
iloveyou iloveu ilovegod loveyou loveme lovely lover lovers love loveu forever forever1 always together sweetheart
sweetie sweety darling honey honeybee babygirl babyboy baby babes angel angels angelica heaven kisses kissme
princess prince queen king kingdom royal diamond crystal silver golden goldfish platinum treasure
sunshine sunrise sunset sunflower sunny moonlight starlight rainbow summer winter autumn spring snowball snowflake
january february march april june july august september october november december monday tuesday wednesday thursday
friday saturday sunday birthday christmas holiday vacation
monkey dragon tiger lion panther leopard cheetah elephant dolphin dolphins butterfly bulldog bulldogs wolf wolves
eagle eagles falcon falcons phoenix scorpion spider spiderman snoopy chicken turtle rabbit bunny kitten kitty
hellokitty puppy puppies horses horse pony mustang stallion buffalo raccoon penguin penguins gorilla beaver badger
shadow ghost demon devil satan lucifer vampire zombie monster killer hunter ranger rangers warrior warriors soldier
samurai ninja assassin pirate pirates wizard magic magician merlin gandalf
football baseball basketball volleyball hockey soccer tennis cricket rugby golf golfer bowling boxing wrestling skater
skateboard swimming swimmer runner running cycling fishing hunting racing racecar motocross snowboard surfing surfer
liverpool chelsea arsenal barcelona realmadrid manchester united manutd everton tottenham juventus milan inter
bayern borussia ajax benfica porto celtic spartak zenit dynamo dinamo shakhtar lokomotiv cowboys steelers packers
redskins raiders broncos giants patriots redsox yankees lakers celtics bulls dodgers braves cardinals tigers
batman superman spartan spartacus ironman wolverine hulk thor captain america avengers starwars startrek jedi skywalker
vader yoda matrix terminator rambo rocky godfather scarface titanic gladiator pokemon pikachu naruto sasuke
minecraft warcraft starcraft counterstrike counter strike playstation nintendo xbox gamer games gaming halflife
diablo zelda mario sonic
michael michelle jessica jennifer ashley amanda daniel danielle andrew joshua matthew anthony robert william david
james john joseph thomas charles charlie christopher christian christina christine jonathan alexander alexandra
alexis nicholas nicole stephanie stephen steven samantha samuel benjamin brandon brittany victoria elizabeth
patrick patricia richard rebecca rachel melissa vanessa veronica natasha natalie natalia tatiana ekaterina
anastasia svetlana vladimir alexandr aleksandr aleksandra sergey sergei dmitry dmitriy andrey andrei nikita nikolay
maxim maksim mikhail ivan ivanov igor oleg olga elena irina marina oksana yulia julia katya masha natasha nastya
ruslan artem artur denis roman kirill vitaliy konstantin valentina valentin alina kristina karina viktoria
margarita bogdan taras mateusz agnieszka katarzyna malgorzata michal tomasz lukasz pawel piotr wojtek bartek
kasia marcin monika karolina natalia zuzanna andreea mihaela gabriela cristina cristian adrian florin alexandru
george gabriel daniela bianca mohamed mohammed muhammad ahmed abdullah mustafa hannah heather jasmine justin jordan
kimberly lauren maria martin martina megan morgan oliver olivia peter phillip raymond ronald sandra sandrine
savannah scott sebastian sabrina simone sophie sophia taylor theresa timothy tiffany tyler vincent virginia
whitney zachary barbara bernard beatrice caroline catherine claudia courtney cynthia deborah dominic dominique
douglas edward eduardo fernando francis francisco frederic garfield geoffrey gregory harrison isabella isabelle
jacqueline jeremy katherine kathleen kristen kristin lawrence leonardo lorenzo madison marcus margaret mariana
marianne marlboro marshall maurice maxwell miranda mitchell montana nathalie nathaniel nelson pauline penelope
priscilla ricardo roberto rodrigo salvador santiago sarah shannon sharon sheila shirley sidney solomon spencer
stanley stefan stefania susanna suzanne sylvia teresa trinity trevor valerie vanilla walter warren wendy wesley
winston
mercedes corvette camaro porsche ferrari lamborghini maserati toyota honda yamaha kawasaki suzuki harley
harleydavidson chevrolet chevy cadillac volkswagen volvo nissan mitsubishi subaru jaguar bentley renault peugeot
citroen hyundai bmw audi opel ford fordf150 impala charger challenger firebird thunderbird viper
chocolate cookie cookies cherry strawberry banana orange peaches pumpkin peanut peanuts popcorn pizza hamburger
cheese cheesecake cupcake candy sugar coffee coffeebean cocacola pepsi budweiser heineken guinness whiskey vodka tequila
metallica nirvana slipknot eminem rammstein linkinpark greenday blink182 beatles rollingstones ledzeppelin pinkfloyd
acdc ironmaiden madonna britney rihanna beyonce michaeljackson elvis marley bobmarley tupac 50cent rockstar
rocknroll hiphop techno guitar guitarist drummer drums piano violin music musician musical dancer dancing
whatever nothing something anything everything nobody somebody anybody blahblah blahblahblah whocares idontknow
nopassword mypassword yourpassword thepassword thisispassword newpassword oldpassword passpass passphrase password
trustno1 trustnoone fuckyou fuckme fuckoff fucker fuckit fucking asshole bullshit bitch bitches motherfucker pussy
pussycat suckit suckme sexy sexygirl sexyboy hottie cutie cutiepie gorgeous beautiful handsome pretty lucky luckyone
luckydog happy happyday happiness smile smiley friend friends friendship bestfriend family familia mother father
mommy daddy brother sister grandma grandpa mylove mybaby myself mylife mylove mydog mycat
freedom liberty peace justice victory success winner champion champions america england ireland scotland germany
france russia rossia moscow moskva ukraine ukraina poland polska warszawa romania bucuresti chicago newyork london
paris berlin madrid california florida texas dallas houston boston phoenix denver brooklyn hollywood australia
canada mexico brazil brasil argentina colombia portugal italia espana sweden norway finland denmark holland
amsterdam istanbul turkey
jesus jesuschrist christ godisgood godbless blessed blessing faith heaven church gospel prayer psalm
midnight twilight darkness nightmare blackout lightning thunder thunderbolt storm hurricane tornado volcano
earthquake avalanche blizzard ocean oceans mountain mountains river waterfall island paradise beach beaches
starfish galaxy universe planet jupiter saturn neptune mercury apollo zeus athena poseidon hercules achilles
goddess cosmos discovery explorer enterprise voyager columbia challenger atlantis titan
business marketing company office finance money moneymoney dollar dollars million millions millionaire billion
business1 student students teacher school college university academy library science physics chemistry engineer
engineering medicine doctor nurse lawyer police fireman firefighter marines army navy airforce military sergeant
general colonel major commander
scooter scooby scoobydoo snickers skittles smokey buster bubbles bubba tinkerbell tweety tigger winniepooh garfield
mickey minnie mickeymouse donald donaldduck simpson simpsons homer bart southpark cartman spongebob patrick
barbie pinky blondie blonde brownie ginger pepper rusty dakota dakota1 bandit bailey maggie molly sadie sammy sam
max oscar rocky toby zeus zoey precious
maverick goose iceman topgun cobra bigdog bigdaddy bigboy bigred biggie badboy badgirl badass kickass playboy
playgirl gangster gangsta hustler player players pimp thug thuglife
qwe qwer qwert qwerty qwertz azerty asdf asdfg asdfgh zxcv zxcvb zxcvbn abc abcd abcde abcdef aaa aaaa qaz wsx
йцукен пароль привет любовь солнышко солнце наташа марина максим андрей сергей александр дмитрий екатерина
анастасия алексей татьяна светлана владимир спартак зенит россия москва
admin123 root123 qwerty123 abc123 a1b2c3 a1b2c3d4 a1s2d3f4 p455w0rd q1w2e3r4 zaq12wsx 1qazxsw2 asd123 qwe123 zxc123
987654321 11223344 12344321 12341234 123123123 123321123 112233445566 0987654321 10203040 1020304050 31415926
27182818 87654321 789456123 147852369 123654789 159753 1357924680 246813579 00000000 01234567 13131313 69696969
77777777 88888888 99999999 121212 232323 420420 808080 696969 112233 445566
`
  .trim()
  .split(/\s+/);
