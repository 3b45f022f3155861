package ingest

import (
	"flag"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
	"leds.internal/ledsq/record"
	"pgregory.net/rapid"
)

var update = flag.Bool("update", false, "write the golden files")

func TestMapping(t *testing.T) {
	for _, c := range []struct {
		why, header, m string
		kind           record.Kind
		mapping        string
		unmapped       string
	}{
		{"Splink's fake_1000; the truth stays out", "unique_id,cluster,first_name,surname,dob,city,email", "", record.KindPerson,
			"id=unique_id givenName=first_name surname=surname dateOfBirth=dob town=city email=email", "cluster"},
		{"Febrl", "unique_id,cluster,given_name,surname,street_number,address_1,address_2,suburb,postcode,state,date_of_birth,soc_sec_id", "", record.KindPerson,
			"id=unique_id givenName=given_name surname=surname premises=street_number addressLine=address_1 locality=address_2 town=suburb postcode=postcode county=state dateOfBirth=date_of_birth nationalId=soc_sec_id", "cluster"},
		{"our generator", "unique_id,cluster,forename,middle_name,surname,sex,dob,postcode,address_line,town,pnc_id,phone,email", "", record.KindPerson,
			"id=unique_id givenName=forename middleNames=middle_name surname=surname sex=sex dateOfBirth=dob postcode=postcode addressLine=address_line town=town pncId=pnc_id phone=phone email=email", "cluster"},
		{"case and marks do not count", "Record ID,First Name(s),LAST-NAME,Date Of Birth", "", record.KindPerson,
			"id=Record ID givenName=First Name(s) surname=LAST-NAME dateOfBirth=Date Of Birth", ""},
		{"no answers reach a field", "surname,entity_id,label,is_match,score,Cluster ID,label2", "", record.KindPerson,
			"surname=surname", "entity_id label is_match score Cluster ID label2"},
		{"suburb and city", "name,suburb,city", "", record.KindPerson, "fullName=name locality=suburb town=city", ""},
		{"address2 without a first line", "name,address2", "", record.KindPerson, "fullName=name", "address2"},
		{"the first of two takes the field", "last_name,surname", "", record.KindPerson, "surname=last_name", "surname"},
		{"fields that repeat take both", "name,phone,telephone,mobile,alias,aka", "", record.KindPerson,
			"fullName=name phone=phone phone2=telephone mobile=mobile alias1.fullName=alias alias2.fullName=aka", ""},
		{"numbers", "name,phone_2,postcode2,alias 3,email1,name2", "", record.KindPerson,
			"fullName=name phone2=phone_2 address2.postcode=postcode2 alias3.fullName=alias 3 email=email1", "name2"},
		{"flat names", "id,alias1.surname,address2.postcode,purpose", "surname=id", record.KindPerson,
			"surname=id alias1.surname=alias1.surname address2.postcode=address2.postcode purpose=purpose", ""},
		{"date of birth in parts", "name,birth_day,birth_month,birth_year", "", record.KindPerson,
			"fullName=name dateOfBirth={birth_year}-{birth_month}-{birth_day}", ""},
		{"the whole date goes before its parts", "name,birth_year,dob", "", record.KindPerson, "fullName=name dateOfBirth=dob", "birth_year"},
		{"birthday alone is the date", "name,birthday", "", record.KindPerson, "fullName=name dateOfBirth=birthday", ""},
		{"the user's map goes first", "first_name,surname,maiden", "surname=Maiden,givenName=", record.KindPerson, "surname=maiden", "first_name surname"},
		{"vehicle", "reg,VIN,manufacturer,model,color,fuel_type,date_of_first_registration,last_seen", "", record.KindVehicle,
			"vrm=reg vin=VIN make=manufacturer model=model colour=color fuel=fuel_type firstRegistered=date_of_first_registration", "last_seen"},
		{"missing person", "record_id,name,dob,missing_since,last_seen,risk,reported,reg", "", record.KindMissing,
			"id=record_id fullName=name dateOfBirth=dob missingSince=missing_since lastSeenAt=last_seen riskLevel=risk reportedAt=reported vrm=reg", ""},
		{"risk alone is not missing", "name,risk", "", record.KindPerson, "fullName=name", "risk"},
		{"identifiers", "pnc,cro_number,asn,ni_number,nhs_number,driving_licence,passport_number,national_id", "", record.KindPerson,
			"pncId=pnc cro=cro_number asn=asn nino=ni_number nhsNumber=nhs_number driverNumber=driving_licence passport=passport_number nationalId=national_id", ""},
		{"words shortened and padded", "VOTER_ID,midl_name,name_sufx_cd,last_name,GenderDesc,res_city_desc,state_cd,full_phone_number,HouseNo,email_addr", "", record.KindPerson,
			"id=VOTER_ID middleNames=midl_name suffix=name_sufx_cd surname=last_name sex=GenderDesc town=res_city_desc county=state_cd phone=full_phone_number premises=HouseNo email=email_addr", ""},
		{"lines of an address", "name,addr_line_1,addr_line_2,addr_line_3,addr_line_4", "", record.KindPerson,
			"fullName=name addressLine=addr_line_1 locality=addr_line_2 town=addr_line_3 county=addr_line_4", ""},
		{"lines of an address with town and county", "name,Address 1,Address 2,Address 3,Address 4,Town,County", "", record.KindPerson,
			"fullName=name addressLine=Address 1 locality=Address 2 town=Town county=County", "Address 3 Address 4"},
		{"a name beside a given name is the surname", "Name,Vorname,Geb.-Datum", "", record.KindPerson, "surname=Name givenName=Vorname dateOfBirth=Geb.-Datum", ""},
		{"a name beside both is the whole", "name,first_name,last_name", "", record.KindPerson, "fullName=name givenName=first_name surname=last_name", ""},
		{"American and short", "Last,First,Middle,birth_yr,birth_mth,street_address_1,Street Address 2,cust_no", "", record.KindPerson,
			"surname=Last givenName=First middleNames=Middle dateOfBirth={birth_yr}-{birth_mth} addressLine=street_address_1 locality=Street Address 2 id=cust_no", ""},
		{"forms to be filled in", "Suspect's surname,Date of birth (DD/MM/YYYY),Sex (M/F),1st line of address,Town or city,Postcode (UK)", "", record.KindPerson,
			"surname=Suspect's surname dateOfBirth=Date of birth (DD/MM/YYYY) sex=Sex (M/F) addressLine=1st line of address town=Town or city postcode=Postcode (UK)", ""},
		{"a day of birth alone is no date", "name,dob_dd", "", record.KindPerson, "fullName=name", "dob_dd"},
		{"two surnames", "Nombre(s),Apellido Paterno,Apellido Materno,C.P.", "", record.KindPerson, "givenName=Nombre(s) surname={Apellido Paterno} {Apellido Materno} postcode=C.P.", ""},
		{"a particle of its own", "voornaam,tussenvoegsel,achternaam", "", record.KindPerson, "givenName=voornaam surname={tussenvoegsel} {achternaam}", ""},
		{"parts of names in the way of R", "fname_c1,fname_c2,lname_c1,lname_c2,by,bm,bd", "", record.KindPerson, "givenName=fname_c1 middleNames=fname_c2 surname={lname_c1} {lname_c2} dateOfBirth={by}-{bm}-{bd}", ""},
		{"the user's surname goes before its parts", "apellido1,apellido2,nombre", "surname=apellido2", record.KindPerson, "surname=apellido2 givenName=nombre", "apellido1"},
		{"Swedish", "förnamn,efternamn,personnummer,kön,gatuadress,postnummer,postort", "", record.KindPerson,
			"givenName=förnamn surname=efternamn nationalId=personnummer sex=kön addressLine=gatuadress postcode=postnummer town=postort", ""},
		{"Russian", "Фамилия,Имя,Отчество,Дата рождения,Пол,Почтовый индекс", "", record.KindPerson,
			"surname=Фамилия givenName=Имя middleNames=Отчество dateOfBirth=Дата рождения sex=Пол postcode=Почтовый индекс", ""},
		{"Turkish", "Adı,Soyadı,Doğum Tarihi,Cinsiyet", "", record.KindPerson, "givenName=Adı surname=Soyadı dateOfBirth=Doğum Tarihi sex=Cinsiyet", ""},
		{"Chinese and Korean", "姓名,성별,出生日期,우편번호", "", record.KindPerson, "fullName=姓名 sex=성별 dateOfBirth=出生日期 postcode=우편번호", ""},
		{"words in another order, after the name of a form", "NU_NOTIFIC,NM_PACIENT,DT_NASC,CS_SEXO,NM_MAE_PAC,NM_MUNICIP,NM_BAIRRO", "", record.KindPerson,
			"fullName=NM_PACIENT dateOfBirth=DT_NASC sex=CS_SEXO town=NM_MUNICIP locality=NM_BAIRRO", "NU_NOTIFIC NM_MAE_PAC"},
		{"what most headers begin with says nothing, and two letters are names where there are two", "rec_id,attr_fn,attr_sn,attr_bdy,attr_line,attr_cty", "", record.KindPerson,
			"id=rec_id givenName=attr_fn surname=attr_sn dateOfBirth=attr_bdy addressLine=attr_line town=attr_cty", ""},
		{"two letters without the names are no field", "surname,fn,bd,ad", "", record.KindPerson, "surname=surname", "fn bd ad"},
		{"as family trees have it", "ID,GIVN,SURN,BIRT_D,BIRT_M,BIRT_Y,BIRT_PLAC,DEAT_Y", "", record.KindPerson,
			"id=ID givenName=GIVN surname=SURN dateOfBirth={BIRT_Y}-{BIRT_M}-{BIRT_D} placeOfBirth=BIRT_PLAC", "DEAT_Y"},
		{"parts of a birth date written in one word", "Förnamn,Efternamn,Födelseår,Födelsemånad,Födelsedag,Födelseförsamling", "", record.KindPerson,
			"givenName=Förnamn surname=Efternamn dateOfBirth={Födelseår}-{Födelsemånad}-{Födelsedag} placeOfBirth=Födelseförsamling", ""},
		{"misspelt", "surname,fornames,birthplace_parish,place_of_registration", "", record.KindPerson, "surname=surname givenName=fornames placeOfBirth=birthplace_parish", "place_of_registration"},
		{"addresses to write to", "FullName,MailingStreet,MailingCity,BusinessPhone,Mother's name,Employer name", "", record.KindPerson,
			"fullName=FullName street=MailingStreet town=MailingCity phone=BusinessPhone", "Mother's name Employer name"},
		{"a number out of all proportion", "name,alias99999.surname", "", record.KindPerson, "fullName=name", "alias99999.surname"},
	} {
		t.Run(c.why, func(t *testing.T) {
			m, err := ParseMap(c.m)
			if err != nil {
				t.Fatal(err)
			}
			r, err := NewReader("f", strings.NewReader(c.header+"\n"), Options{Map: m})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, one := range r.Mapping() {
				got = append(got, one.String())
			}
			if d := cmp.Diff([]string{string(c.kind), c.mapping, c.unmapped}, []string{string(r.Kind()), strings.Join(got, " "), strings.Join(r.Unmapped(), " ")}); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestSynonymsAreSound(t *testing.T) {
	seen := map[string]string{}
	for _, s := range synonyms {
		known := false
		for _, k := range record.Kinds() {
			_, ok := record.FindColumn(k, s.field)
			known = known || ok
		}
		if !known {
			t.Errorf("%s is no field", s.field)
		}
		for _, n := range strings.Fields(s.names) {
			if norm.NFC.String(fold(n)) != n { // Korean is written composed
				t.Errorf("%q is not written folded", n)
			}
			if seen[n] != "" {
				t.Errorf("%q stands for %s and %s", n, seen[n], s.field)
			}
			if neverMapped[n] {
				t.Errorf("%q is never to be mapped", n)
			}
			seen[n] = s.field
		}
	}
	for _, k := range record.Kinds() {
		for n := range neverMapped {
			if g := guess(k, n); g != "" {
				t.Errorf("%s maps to %s", n, g)
			}
		}
	}
}

func TestParseMap(t *testing.T) {
	for _, c := range []struct {
		in   string
		want Mapping
		err  string
	}{
		{"", nil, ""},
		{"surname=a, town = b c ", Mapping{{"surname", "a"}, {"town", "b c"}}, ""},
		{`surname="Last, name",town="a ""b"""`, Mapping{{"surname", "Last, name"}, {"town", `a "b"`}}, ""},
		{`"surname=Last, name"`, Mapping{{"surname", "Last, name"}}, ""},
		{"dateOfBirth={y}-{m}-{d},town=", Mapping{{"dateOfBirth", "{y}-{m}-{d}"}, {"town", ""}}, ""},
		{"dob=x", nil, `there is no field "dob": did you mean dateOfBirth?`},
		{"postcod=x", nil, `there is no field "postcod": did you mean postcode?`},
		{"qqqqqqq=x", nil, `there is no field "qqqqqqq": the flat names are listed`},
		{"surname", nil, "a mapping is written FIELD=COLUMN"},
		{"surname=a,,town=b", nil, "a mapping is written FIELD=COLUMN"},
		{`surname="a`, nil, "a quote that is not closed"},
	} {
		got, err := ParseMap(c.in)
		if c.err != "" {
			if err == nil || !strings.Contains(err.Error(), c.err) {
				t.Errorf("%s: %v", c.in, err)
			}
			continue
		}
		if d := cmp.Diff(c.want, got); d != "" || err != nil {
			t.Error(c.in, d, err)
		}
	}
}

func TestTemplates(t *testing.T) {
	for _, c := range []struct {
		why, m, row, want string
	}{
		{"whole", "dateOfBirth={a}-{b}-{c}", "1980,6,5", "1980-06-05"},
		{"no day", "dateOfBirth={a}-{b}-{c}", "1980,06,", "1980-06"},
		{"no month: the day is not made one", "dateOfBirth={a}-{b}-{c}", "1980,,15", "1980"},
		{"no year: left to be seen", "dateOfBirth={a}-{b}-{c}", ",06,15", "-06-15"},
		{"day first, no day", "dateOfBirth={a}/{b}/{c}", ",06,1980", "06/1980"},
		{"day first, no month", "dateOfBirth={a}/{b}/{c}", "15,,1980", "1980"},
		{"nothing", "dateOfBirth={a}-{b}-{c}", ", ,", ""},
		{"words", "addressLine=Flat {a}, {b} {c}", "1,2,High Street", "Flat 1, 2 High Street"},
		{"words with a gap", "addressLine={a}, {b} {c}", "1,,High Street", "1 High Street"},
		{"words, none", "addressLine=Flat {a}", ",x,", ""},
	} {
		m, err := ParseMap(`"` + c.m + `"`)
		if err != nil {
			t.Fatal(err)
		}
		r, err := NewReader("f", strings.NewReader("a,b,c\n"+c.row+"\n"), Options{Kind: record.KindPerson, Map: m})
		if err != nil {
			t.Fatal(err)
		}
		row, err := r.Next()
		if err != nil || row.Err != nil {
			t.Fatal(err, row.Err)
		}
		col, _ := record.FindColumn(record.KindPerson, m[0].Field)
		if got := col.Get(row.Record); got != c.want {
			t.Errorf("%s: %q, want %q", c.why, got, c.want)
		}
	}
}

// TestDirect holds the setters without reflection to record.Column.Set.
func TestDirect(t *testing.T) {
	names := []string{"id", "alias1.surname", "phone2", "cro2", "givenName2", "extra1.value"}
	for name := range directs {
		names = append(names, name)
	}
	rapid.Check(t, func(t *rapid.T) {
		for _, k := range []record.Kind{record.KindPerson, record.KindMissing} {
			a, b := record.New(k), record.New(k)
			at := &spot{rec: b, person: record.PersonOf(b)}
			if k == record.KindPerson && rapid.Bool().Draw(t, "room") {
				in := new(room)
				b = &in.person
				at = &spot{b, &in.person, in}
			}
			for _, name := range rapid.SliceOf(rapid.SampledFrom(names)).Draw(t, "names") {
				c, ok := record.FindColumn(k, name)
				if !ok {
					t.Fatal(name)
				}
				c.Set(a, "x "+name)
				if put := direct(k, name); put != nil {
					put(at, "x "+name)
				} else {
					c.Set(b, "x "+name)
				}
			}
			if d := cmp.Diff(a, b); d != "" {
				t.Fatal(d)
			}
		}
	})
}

// TestNoEmptyElements: blank cells leave no empty names, addresses or phones behind.
func TestNoEmptyElements(t *testing.T) {
	header := []string{"surname", "phone", "phone2", "phone3", "alias1.surname", "alias2.surname", "postcode", "address2.postcode", "address2.town", "nino2", "givenName2"}
	rapid.Check(t, func(t *rapid.T) {
		perm := rapid.Permutation(header).Draw(t, "header")
		cells := make([]string, len(perm))
		for i := range cells {
			cells[i] = rapid.SampledFrom([]string{"", "x"}).Draw(t, "cell")
		}
		r, err := NewReader("f", strings.NewReader(strings.Join(perm, ",")+"\n"+strings.Join(cells, ",")+"\n"), Options{Kind: record.KindPerson})
		if err != nil {
			t.Fatal(err)
		}
		row, err := r.Next()
		if err != nil || row.Err != nil {
			t.Fatal(err, row.Err)
		}
		want := record.Clone(row.Record.(*record.Person))
		record.Compact(want)
		if d := cmp.Diff(want, row.Record.(*record.Person)); d != "" {
			t.Fatal(d)
		}
	})
}
