package dedupe

import (
	"testing"

	"leds.internal/ledsq/record"
)

// BenchmarkStage runs each stage of Finder.Find alone, on 20,000 made up persons
// and one processor.
func BenchmarkStage(b *testing.B) {
	people := sampled(b, record.KindPerson, 20_000, 5)
	f, _ := NewFinder(record.KindPerson, Config{Jobs: 1})
	for _, p := range people {
		if err := f.Add(p); err != nil {
			b.Fatal(err)
		}
	}
	ctx, t := b.Context(), f.t
	t.compact()
	comparisons := active(t, f.preset.comparisons)
	random := drawPairs(t, comparisons, randomPairs, 1)
	cand, err := f.block(ctx, comparisons, random)
	if err != nil {
		b.Fatal(err)
	}
	s, err := f.learner(ctx, comparisons, cand, random)
	if err != nil {
		b.Fatal(err)
	}
	s.learn(&Model{})
	pairs, n, err := s.score(ctx, cand, 1, f.floor(s))
	if err != nil {
		b.Fatal(err)
	}
	found := clusters(t, pairs, s.bits(lowestMatch), s, 1, nil)
	p := newPlanner(t, f.preset.atoms, f.limits, 1)
	stage := func(name string, of int64, unit string, do func()) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				do()
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(of), "ns/"+unit)
		})
	}
	stage("random pairs", int64(len(random)), "pair", func() { comparePairs(t, comparisons, random, 1) })
	stage("plan", int64(t.n), "record", func() { newPlanner(t, f.preset.atoms, f.limits, 1).plan(ctx, f, comparisons, random) })
	stage("blocks", int64(t.n*len(cand.keys)), "record", func() {
		own := &sorter{}
		for _, k := range cand.keys {
			p.blocks(k, own, span{0, int32(t.n)})
		}
	})
	stage("count patterns", n, "pair", func() {
		if _, err := countPatterns(ctx, t, comparisons, cand, 1, 1); err != nil {
			b.Fatal(err)
		}
	})
	stage("estimate", int64(len(s.counts)), "pattern", func() { s.learn(&Model{}) })
	stage("score", n, "pair", func() {
		if _, _, err := s.score(ctx, cand, 1, f.floor(s)); err != nil {
			b.Fatal(err)
		}
	})
	stage("count values", int64(t.n), "record", func() { s.fit(found) })
	stage("weigh", int64(len(pairs)), "pair", func() { s.weighAll(pairs) })
	stage("cluster", int64(len(pairs)), "pair", func() { clusters(t, pairs, s.bits(lowestMatch), s, 1, nil) })
	stage("propose", int64(len(pairs)), "pair", func() { s.propose(&Result{Clusters: found}, pairs, s.bits(lowestMatch), s.bits(0.2), nil) })
}

// BenchmarkKernel runs what stages spend their time in.
func BenchmarkKernel(b *testing.B) {
	c := newColumn("line")
	var ids []uint32
	for _, text := range []string{"12 HIGH ST", "21 HIGH ST", "FLAT 2 ROSE CT", "FLAT 3 ROSE COURT", "ANNE MARIE", "ANNMARIE", "O NEILL", "SMITH JONES", "SW1A 1AA", "SW1A 2AA", "1980-06-15", "1981-06-15"} {
		ids = append(ids, c.id(text, fnv64(text)))
	}
	grade := func(f func(a, b form) uint8) func() {
		return func() {
			for i := range ids {
				f(form{c, ids[i]}, form{c, ids[(i+1)%len(ids)]})
			}
		}
	}
	hashes := make([]uint64, 200_000)
	for i := range hashes {
		hashes[i] = mix(uint64(i%70_000)+1, 5)
	}
	all, own := &table{n: len(hashes)}, &sorter{}
	for _, k := range []struct {
		name string
		do   func()
	}{
		{"given names", grade(gradeGiven)}, {"surnames", grade(gradeSurname)}, {"address lines", grade(gradeLines)}, {"postcodes", grade(gradePostcodes)},
		{"dates", grade(gradeDates)}, {"codes", grade(gradeCodes)}, {"emails", grade(gradeEmails)},
		{"sort 200,000 into blocks", func() { own.makeBlocks(all, "key", hashes, nil, 300, span{0, int32(len(hashes))}) }},
		{"tally 200,000", func() {
			t := newTally(0)
			for _, h := range hashes {
				t.add(h, 1)
			}
		}},
	} {
		b.Run(k.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				k.do()
			}
		})
	}
}

func BenchmarkAdd(b *testing.B) {
	people, _ := fake1000(b)
	b.ReportAllocs()
	for b.Loop() {
		f, _ := NewFinder(people[0].Kind(), Config{})
		for _, p := range people {
			if err := f.Add(p); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(people)), "ns/record")
}
