package ingest

import (
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"leds.internal/ledsq/record"
)

// synonym lists well-known headers of one field. Case, spaces, underscores,
// hyphens and other marks do not count. The flat names of the field tables are
// known by themselves and not listed again.
type synonym struct {
	field string
	names string // one to a word, written without marks
}

// synonyms is read in order: where a header stands for two fields, the first
// that the kind of record has takes it.
var synonyms = []synonym{
	{"id", "uniqueid uid recordid recid recordno recordnumber rowid urn rec contactid custid custno custnumber lfdnr customerno customernumber clientno clientnumber patientno patientnumber recnum recordnum rownum identifiant recordnummer 编号 序号"},
	{"source", "sourcesystem system datasource"},
	{"sourceId", "sourcerecordid sourceref"},
	{"ownerCode", "owner owningforce forcecode force forcestation"},
	{"createdAt", "created datecreated createddate creationdate createdon"},
	{"modifiedAt", "modified datemodified modifieddate lastmodified lastupdated updatedat updated modifiedon"},
	{"lastConfirmedAt", "lastconfirmed dateconfirmed"},
	{"reviewDate", "reviewdue nextreviewdate datereview"},

	{"title", "salutation nametitle anrede titel civilite tratamiento"},
	{"givenName", "firstname firstnames forename forenames fname given christianname christiannames namefirst forename1 firstname1 vorname vornamen rufname prenom prenoms nombre nombres nome prenome voornaam voornamen roepnaam imie imiona firstnm primeironome nomeproprio primernombre nombrepila nombredepila fornamn tilltalsnamn fornavn etunimi etunimet jmeno krestnijmeno krstnemeno meno keresztnev utonev prenume adi ime имя 名 이름 first 1stname vname namegiven givn frstname givenn"},
	{"middleNames", "middlename middle mname secondname othernames forename2 zweitername deuxiemeprenom segundonombre tussennaam drugieimie middlenm middlei middleinitial mi minit mellannamn mellomnavn mellemnavn otrosnombres nomesdomeio patronymic отчество"},
	{"surname", "lastname familyname lname sname namelast lastnm surnames nachname familienname nom nomfamille nomdefamille apellido apellidos primerapellido cognome sobrenome apelido achternaam nazwisko efternamn efternavn apellido1 apellidopaterno ultimonome etternavn sukunimi prijmeni priezvisko vezeteknev csaladnev nume soyadi soyad prezime priimek geslachtsnaam nomusage фамилия 姓 last nname namefamily familynm surn nomdusage surnam famname"},
	{"fullName", "name personname nominalname wholename completename fullnm namefull nomcomplet nomecompleto nombrecompleto naam imienazwisko namn navn nimi nev adsoyad adisoyadi numesiprenume imeiprezime nombreyapellidos nomprenom nometprenom vornachname vorundnachname vornameundnachname фио 姓名 氏名 성명 الاسم lastfirst"},
	{"dateOfBirth", "dob birthdate datebirth born birthday birthdt dtbirth dtofbirth geburtsdatum gebdatum gebdat datenaissance datedenaissance fechanacimiento fechadenacimiento datanascita datadinascita datanascimento datadenascimento geboortedatum dataurodzenia fodelsedatum fodt fodselsdato fodselsdag syntymaaika datumnarozeni datumnarodenia szuletesidatum datanasterii dogumtarihi datumrodenja datumrojstva fnacimiento fecnac fecnacimiento nascimento датарождения 出生日期 生年月日 생년월일 bdate birthd neele nele bday"},
	{"age", "ageyears alter edad eta idade leeftijd wiek alder ika vek eletkor varsta yas starost возраст 年龄 年齢 나이"},
	{"sex", "gender sexcode gendercode geschlecht sexe sexo sesso geslacht plec kon kjonn sukupuoli pohlavi pohlavie nem sexul cinsiyet spol genero пол 性别 性別 성별 sx"},
	{"ethnicity", "ethnicorigin ethnicgroup selfdefinedethnicity sde ethnicityselfdefined"},
	{"ethnicityObserved", "iccode observedethnicity officerdefinedethnicity"},
	{"nationality", "nationalities citizenship"},
	{"placeOfBirth", "birthplace pob townofbirth geburtsort lieunaissance lieudenaissance lugarnacimiento lugardenacimiento luogonascita luogodinascita geboorteplaats miejsceurodzenia fodelseort fodested syntymapaikka mistonarozeni szuletesihely loculnasterii dogumyeri mjestorodenja месторождения 出生地 籍贯 出生地点 birthplac"},
	{"countryOfBirth", "birthcountry"},
	{"dateOfDeath", "dod deathdate deathdt"},
	{"occupation", "job jobtitle profession beruf metier ocupacion professione profissao beroep zawod yrke ammatti povolani foglalkozas occ occup"},
	{"alias1.fullName", "alias aka aliasname aliases knownas alsoknownas"},
	{"suffix", "namesuffix generation"},
	{"nickname1.fullName", "moniker"},
	{"previousName1.surname", "maidenname previoussurname birthname geburtsname nomnaissance nomdenaissance nomjeunefille"},

	{"addressLine", "address addressline1 addr addr1 streetaddress fulladdress homeaddress anschrift adresse direccion domicilio indirizzo endereco adres addrline1 firstlineofaddress 1stlineofaddress firstlineaddress 1stlineaddress addressline strassehausnummer strasseundhausnummer strassenr gatuadress gateadresse adress katuosoite osoite adresa lakcim cim адрес 地址 住所 주소 العنوان 住址 lastaddress"},
	{"premises", "streetnumber housenumber housename housenameornumber buildingnumber propertynumber streetno streetnum stno hausnummer hausnr numerorue numerovoie numerocivico huisnummer nrdomu"},
	{"street", "streetname road thoroughfare streetnm strasse str rue voie calle rua straat ulica gata gate vej gade katu ulice utca strada sokak logradouro via улица"},
	{"locality", "village bairro colonia lieudit parish"},
	{"town", "suburb city posttown towncity townname cityname ort stadt wohnort ville commune ciudad localidad municipio citta comune cidade woonplaats stad plaats miasto miejscowosc postort poststed postitoimipaikka kaupunki mesto obec varos telepules helyseg oras localitate sehir grad stadtort poblacion localita localidade город 城市 都市 도시 municip cty location place plc"},
	{"county", "state region province bundesland departement provincia provincie wojewodztwo uf estado comunidad landkreis kanton judet megye kraj lan fylke область 省"},
	{"postcode", "postalcode zip zipcode pcode zip5 postcd plz postleitzahl codepostal cp codigopostal cap codicepostale cep kodpocztowy pincode postnummer postnr postinumero psc iranyitoszam codpostal postakodu postanskibroj postalcd postleitzahlen индекс почтовыииндекс 邮编 邮政编码 郵便番号 우편번호 postl postal"},
	{"country", "countryofresidence"},

	{"phone", "telephone tel phonenumber telephonenumber telno phoneno contactnumber phonenum telefon telefonnummer telefono telefone telefoon telefoonnummer numerotelephone nrtelefonu telefonszam puhelin puhelinnumero telefonnr numerotel tlf tlfnr телефон 电话 電話番号 전화번호 tfno tfn tlfn"},
	{"mobile", "mobilenumber mobilephone mobileno cell cellphone handy mobil mobilnummer portable movil cellulare telemovel gsm mobiltelefon celular matkapuhelin mobilszam 手机 cellnumber cellno cellphonenumber mobiltelefonnummer"},
	{"homePhone", "hometelephone hometel landline phonehome"},
	{"workPhone", "worktelephone worktel phonework"},
	{"email", "emailaddress mail mailaddress courriel correo correoelectronico epost epostadress emailadresse emailaddr sahkoposti correoe eposta почта 电子邮件"},

	{"pncId", "pnc pncnumber pncno pncidnumber"},
	{"cro", "cronumber crono"},
	{"asn", "asnnumber arrestsummonsnumber arrestsummons"},
	{"prisonNumber", "noms nomsnumber nomsid prisonno"},
	{"crn", "crnnumber casereferencenumber"},
	{"nino", "nin ninumber nationalinsurancenumber nationalinsurance nationalinsuranceno ni"},
	{"nhsNumber", "nhs nhsno"},
	{"driverNumber", "drivinglicence drivinglicencenumber driverlicence licencenumber drivinglicense driverslicense"},
	{"passport", "passportnumber passportno"},
	{"nationalId", "socsecid ssn socialsecuritynumber socialsecurity nationalidnumber socialsecno socsec steuerid dni nif codicefiscale bsn pesel personnummer nationalid rodnecislo henkilotunnus cnp tckimlikno cpf curp aadhaar aadhaarnumber aadhar rut cedula nir numerosecu personnr fodselsnummer cprnummer oib emso инн 身份证号 주민등록번호 dninie"},

	{"vrm", "reg registration registrationnumber registrationmark numberplate vehicleregistration regno regnumber plate licenceplate vehiclevrm kennzeichen immatriculation matricula targa kenteken platenumber licenseplate licenseplatenumber licenceplatenumber registrationplate regmark regplate numplate"},
	{"vin", "vinnumber vehicleidentificationnumber fahrgestellnummer fahrgestellnr telaio bastidor"},
	{"chassisNumber", "chassis chassisno"},
	{"engineNumber", "engineno"},
	{"make", "manufacturer vehiclemake marke marque marca merk fabrikat hersteller brand"},
	{"model", "vehiclemodel modell modele modelo modello"},
	{"colour", "color vehiclecolour primarycolour farbe couleur kleur kolor colore"},
	{"bodyType", "body bodyshape bodystyle"},
	{"fuel", "fueltype propulsion"},
	{"firstRegistered", "dateoffirstregistration firstregistration firstregistrationdate monthoffirstregistration registrationdate"},
	{"yearOfManufacture", "manufactureyear yearmade yom"},
	{"engineCapacityCc", "enginecapacity enginesize cc"},
	{"motExpiry", "motexpirydate motdue"},
	{"keeper1.name", "keeper keepername registeredkeeper ownername registeredowner registeredownername"},

	{"missingSince", "datemissing wentmissing missingdate"},
	{"lastSeenAt", "lastseen datelastseen lastseendate lastseentime"},
	{"lastSeenPlace", "lastseenlocation placelastseen locationlastseen"},
	{"reportedAt", "reported datereported reporteddate reportedon"},
	{"riskLevel", "risk riskgrade riskassessment risklevelassessed"},
	{"foundAt", "found datefound founddate"},
	{"foundPlace", "foundlocation placefound"},
	{"episodeRef", "episode episodeid misperref misperreference"},
	{"nextReviewAt", "nextreview nextreviewdue"},
	{"clothing", "wearing clothes"},
}

// neverMapped are headers of answers: who is who in labelled data. They must
// not reach a field, or the truth would leak into matching.
var neverMapped = words("cluster clusterid cluster1 entity entityid personentityid label labels ismatch match matched matchid score truth groundtruth truthid goldid duplicateof")

// padding are words of a header that say whose value it is, which of several or
// how it was treated, and not what it is.
var padding = words("person people customer client patient subject nominal individual voter applicant member car vehicle veh suspect victim offender defendant " +
	"res residential residence home current present primary main legal original orig raw clean cleaned std standard standardised standardized " +
	"norm normalised normalized fake synthetic masked val value text txt str string field col column data c1 l r a b src in of the s or and uk full cd code desc description")

// forms are words of a header that together say how its values are written.
var forms = [][]string{{"dd", "mm", "yyyy"}, {"dd", "mm", "yy"}, {"m", "f"}, {"last", "known"}}

// shortened are words of headers as they are often shortened.
var shortened = map[string]string{"addr": "address", "adr": "address", "nm": "name", "midl": "middle", "frst": "first", "lst": "last", "sufx": "suffix", "suf": "suffix",
	"num": "number", "nbr": "number", "nr": "number", "no": "number", "dt": "date", "cntry": "country", "ph": "phone", "gndr": "gender", "prev": "previous", "yr": "year", "mth": "month"}

// surnameParts are two columns that make a surname together, in this order.
var surnameParts = [][2]map[string]bool{
	{words("apellido1 primerapellido apellidopaterno"), words("apellido2 segundoapellido apellidomaterno")},
	{words("tussenvoegsel tussenvoegsels voorvoegsel voorvoegsels"), words("achternaam geslachtsnaam surname lastname")},
	{words("lnamec1"), words("lnamec2")},
}

// birthParts are the columns of a date of birth in three parts.
var birthParts = [3]map[string]bool{
	words("birthyear yearofbirth dobyear yob birthdateyear dateofbirthyear dobyyyy dobyy by geburtsjahr"),
	words("birthmonth monthofbirth dobmonth mob birthdatemonth dateofbirthmonth dobmm bm geburtsmonat"),
	words("birthday dayofbirth dobday birthdateday dateofbirthday dobdd bd geburtstag"),
}

// shortParts are names too short to stand for a part of a date without the others.
var shortParts = words("by bm bd")

// repeats are the fields of which a record naturally has several, so that a
// second column for one becomes its second value.
var repeats = words("phone mobile homePhone workPhone workMobile email social nationality language colour alias1.fullName")

// The headers that tell one kind of record from another.
var (
	personMarks  = words("givenName middleNames surname fullName dateOfBirth pncId cro nino nhsNumber driverNumber prisonNumber names identifiers addresses contacts")
	vehicleMarks = words("vrm vin chassisNumber engineNumber make model bodyType firstRegistered motStatus taxStatus keepers previousVrms bodyShape")
	missingMarks = words("missingSince lastSeenAt lastSeenPlace missingFrom episodeRef riskLevel outOfCharacter ukmpuRef foundPlace person riskAssessments")
	weakMarks    = words("risk reported found episode vehicle") // too common to tell by
)

func words(s string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(s) {
		m[w] = true
	}
	return m
}

// fold takes case, accents and marks out of a header.
func fold(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, letters.Replace(norm.NFD.String(name)))
}

// letters that no accent is taken off.
var letters = strings.NewReplacer("ß", "ss", "ł", "l", "Ł", "L", "ø", "o", "Ø", "O", "ı", "i", "đ", "d", "Đ", "D", "æ", "ae", "Æ", "Ae")

// lexicon gives the fields that each folded header may stand for, in the order
// of the tables, for one kind.
type lexicon map[string][]string

var lexicons = map[record.Kind]func() lexicon{
	record.KindPerson:  sync.OnceValue(func() lexicon { return newLexicon(record.KindPerson) }),
	record.KindVehicle: sync.OnceValue(func() lexicon { return newLexicon(record.KindVehicle) }),
	record.KindMissing: sync.OnceValue(func() lexicon { return newLexicon(record.KindMissing) }),
}

func newLexicon(k record.Kind) lexicon {
	l := lexicon{}
	for _, f := range record.Fields(k) {
		l.add(fold(f.First()), f.First())
	}
	for _, s := range synonyms {
		if _, ok := record.FindColumn(k, s.field); !ok {
			continue
		}
		for name := range strings.FieldsSeq(s.names) {
			l.add(fold(name), s.field)
		}
	}
	return l
}

func (l lexicon) add(name, field string) {
	for _, have := range l[name] {
		if have == field {
			return
		}
	}
	l[name] = append(l[name], field)
}

// wellKnown says whether a header stands for a field of any kind.
func wellKnown(name string) bool {
	key := fold(name)
	for _, k := range record.Kinds() {
		if len(lexicons[k]()[key]) > 0 {
			return true
		}
		if _, ok := record.FindColumn(k, name); ok {
			return true
		}
	}
	return neverMapped[key] || birthParts[0][key]
}
