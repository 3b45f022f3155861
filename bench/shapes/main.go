// Command shapes writes labelled files of persons in the shapes that other
// people's data come in: other columns, other countries, other errors than those
// of package sample. They are for measuring matching where nothing was designed
// for it; nothing is tuned to one of them.
//
//	go run ./bench/shapes -out shapes
//
// Each shape is a CSV file with the columns id and cluster (the true entity)
// beside its own. The same seed gives the same bytes.
package main

import (
	"bufio"
	"context"
	"encoding/csv"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"leds.internal/ledsq/record"
	"leds.internal/ledsq/sample"
)

// being is who a record is about, as plain text.
type being struct {
	given, middle, surname, sex   string
	year, month, day              int
	number, street, town, zip     string
	phone, birthplace, occupation string
}

// shape is one kind of file.
type shape struct {
	name  string
	write func(*maker) [][]string // the header first
}

var shapes = []shape{
	{"thin", thin}, {"gaps", gaps}, {"voters", voters}, {"states", states}, {"german", german}, {"registers", registers}, {"fullname", fullName},
}

func main() {
	out := flag.String("out", "", "folder to write to")
	seed := flag.Uint64("seed", 1, "another seed gives other files")
	flag.Parse()
	if *out == "" || flag.NArg() != 0 {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(*out, *seed); err != nil {
		fmt.Fprintln(os.Stderr, "shapes:", err)
		os.Exit(1)
	}
}

func run(out string, seed uint64) error {
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	people, err := population(seed, 60_000)
	if err != nil {
		return err
	}
	for i, s := range shapes {
		m := &maker{Rand: rand.New(rand.NewPCG(seed, uint64(i))), people: people}
		rows := s.write(m)
		body := rows[1:]
		m.Shuffle(len(body), func(i, j int) { body[i], body[j] = body[j], body[i] })
		if err := save(filepath.Join(out, s.name+".csv"), rows); err != nil {
			return err
		}
	}
	return nil
}

func save(path string, rows [][]string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	b := bufio.NewWriter(f)
	w := csv.NewWriter(b)
	for i, row := range rows {
		id := "id"
		if i > 0 {
			id = strconv.Itoa(i)
		}
		if err := w.Write(append([]string{id}, row...)); err != nil {
			return err
		}
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return err
	}
	if err := b.Flush(); err != nil {
		return err
	}
	return f.Close()
}

// population takes persons of package sample, families and namesakes among them.
func population(seed uint64, n int) ([]being, error) {
	var out []being
	seen := map[string]bool{}
	p, _ := sample.ProfileByName("clean")
	err := sample.Generate(context.Background(), sample.Options{Kind: record.KindPerson, N: n, Seed: seed, Profile: p}, func(it sample.Item) error {
		r := it.Record.(*record.Person)
		name := r.PrimaryName()
		d, ok := r.DateOfBirth.First()
		if seen[it.Entity] || !ok || name.Surname == "" || name.Given() == "" || len(r.Addresses) == 0 {
			return nil
		}
		seen[it.Entity] = true
		b := being{given: name.Given(), middle: name.MiddleNames, surname: name.Surname, sex: r.Sex.Value, year: d.Year, month: d.Month, day: d.Day,
			birthplace: r.PlaceOfBirth, occupation: r.Occupation}
		a := &r.Addresses[0]
		b.number, b.street, _ = strings.Cut(a.Line, " ")
		b.town, b.zip = a.Town, string(a.Postcode)
		for _, c := range r.Contacts {
			if c.Type != record.ContactEmail {
				b.phone = c.Value
			}
		}
		out = append(out, b)
		return nil
	})
	return out, err
}
