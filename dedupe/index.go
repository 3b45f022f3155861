package dedupe

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"leds.internal/ledsq/record"
)

// IndexConfig says how an Index works. The zero value is the documented default.
type IndexConfig struct {
	Config
	// Now gives the time written into the journal; without it entries bear none.
	Now func() time.Time
	// MaxCandidates bounds how many records one search compares, 4,000 if 0.
	MaxCandidates int
}

func (c IndexConfig) withDefaults() IndexConfig {
	c.Config = c.Config.withDefaults()
	if c.MaxCandidates == 0 {
		c.MaxCandidates = 4000
	}
	return c
}

// Index finds the records that are likely about the person, vehicle or episode
// asked for, while records come, change and go: search before create. It compares
// as Finder does, with the same levels, weights and reasons, and keeps the
// clusters up as it goes.
//
// It is safe for use by many goroutines: any number of them search while others
// write, and writes that wait at the same time are made durable together.
// Records are told apart by their ids alone, so those of several systems that
// number alike need ids that name the system too. All must be normalised (see
// normalise.Record).
//
// The model is estimated when the index is built and then stays as it is, so that
// neither weights within a cluster nor the clusters themselves hang on the order
// in which records arrived; Rebuild estimates it anew. Only how rare a value is
// follows the records at once in Search.
type Index struct {
	kind   record.Kind
	cfg    IndexConfig
	preset preset
	store  Store
	slots  chan int // of those who search at the same time

	queue   sync.Mutex // guards waiting and leading
	waiting []*change
	leading bool
	writing sync.Mutex // held by who changes anything
	broken  error      // why nothing more can be written

	mu sync.RWMutex // guards core
	*core
}

// Errors of an Index.
var (
	ErrExists   = errors.New("dedupe: the index has a record of this id already")
	ErrUnknown  = errors.New("dedupe: the index has no record of this id")
	ErrNoID     = errors.New("dedupe: a record without an id can't be told from others")
	ErrReadOnly = errors.New("dedupe: the index is open for reading only")
	// ErrFormat says that stored data is of a later format, of another kind, or of
	// other comparisons than these.
	ErrFormat = errors.New("dedupe: the stored index is not of this format")
	// ErrCorrupt says that stored data is damaged: rebuild the index.
	ErrCorrupt = errors.New("dedupe: the stored index is damaged")
)

// NewIndex makes an empty index. With a store, which must be empty, what it holds
// is kept there; with nil it is in memory alone. With no records to estimate from
// it weighs by documented defaults (see Model) until Rebuild.
func NewIndex(k record.Kind, cfg IndexConfig, store Store) (*Index, error) {
	b, err := NewIndexBuilder(k, cfg)
	if err != nil {
		return nil, err
	}
	return b.Build(context.Background(), store)
}

func newIndex(k record.Kind, cfg IndexConfig, store Store) (*Index, error) {
	if err := cfg.Validate(); err != nil {
		return nil, err
	}
	if cfg.Model != nil || len(cfg.Judgements) > 0 || cfg.Cardinality != "" {
		return nil, errors.New("dedupe: an index estimates its own model, takes decisions by Decide, and links no files")
	}
	if cfg.MaxCandidates < 0 {
		return nil, errors.New("dedupe: the number of candidates is negative")
	}
	p, ok := presetFor(k)
	if !ok {
		return nil, fmt.Errorf("dedupe: no comparisons for records of kind %q", k)
	}
	x := &Index{kind: k, cfg: cfg.withDefaults(), preset: p, store: store, slots: make(chan int, searchers)}
	for i := range searchers {
		x.slots <- i
	}
	return x, nil
}

// Kind is the kind of the records.
func (x *Index) Kind() record.Kind { return x.kind }

// IndexStats says what an index holds.
type IndexStats struct {
	Kind     record.Kind `json:"kind"`
	Records  int         `json:"records"`
	Clusters int         `json:"clusters"`
	Rows     int         `json:"rows"`     // with those replaced or removed, which Rebuild drops
	Keys     int         `json:"keys"`     // blocking keys
	Postings int64       `json:"postings"` // records under keys, in all
	Learned  bool        `json:"learned"`  // whether the model was estimated from records, or is the default
	From     int         `json:"modelRecords"`
	// Stale says that the index holds twice as many records as its model was
	// estimated from, or half: time for Rebuild.
	Stale     bool   `json:"stale"`
	Decisions int    `json:"decisions"`
	Journal   uint64 `json:"journal"` // the number of the last entry
}

// Stats says what the index holds.
func (x *Index) Stats() IndexStats {
	x.mu.RLock()
	defer x.mu.RUnlock()
	s := IndexStats{Kind: x.kind, Records: x.live, Clusters: x.clustersLive, Rows: x.t.n - searchers, Keys: len(x.posts), Learned: x.frozen.Learned,
		From: x.frozen.Records, Decisions: len(x.judged.list), Journal: x.journalled}
	for _, p := range x.posts {
		s.Postings += int64(len(p.list) + len(p.pool))
	}
	s.Stale = x.live >= fewTerms && (x.live > 2*s.From || 2*x.live < s.From)
	return s
}

// Model gives the model the index weighs by.
func (x *Index) Model() Model {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.frozen.Model
}

// Len is how many records the index holds.
func (x *Index) Len() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.live
}

// Has says whether the index holds a record of an id.
func (x *Index) Has(id string) bool {
	x.mu.RLock()
	defer x.mu.RUnlock()
	_, ok := x.rowByID(id)
	return ok
}

// HeldValue is what an index holds of one attribute of a record, as it compares it.
type HeldValue struct {
	Column, Text string
}

// Held gives what the index holds of a record, without further names and
// addresses; nothing for one that is not there. The values are personal.
func (x *Index) Held(id string) (out []HeldValue) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	row, ok := x.rowByID(id)
	if !ok {
		return nil
	}
	for _, col := range x.t.cols {
		if v := x.t.id(col, row); v != missing {
			out = append(out, HeldValue{col.name, col.text[v]})
		}
	}
	return out
}

// Close lets go of the store. Searches go on working; nothing can be written.
func (x *Index) Close() error {
	x.writing.Lock()
	defer x.writing.Unlock()
	if x.store == nil || x.broken == errClosed {
		return nil
	}
	x.broken = errClosed
	return x.store.Close()
}

var errClosed = errors.New("dedupe: the index is closed")
