package dedupe

import (
	"errors"
	"fmt"
	"iter"
	"maps"
	"math/bits"
	"slices"
)

// Batch is a piece of the work on its way from one process to another: records,
// pairs, counts of values. What stands in Data only a Worker reads.
type Batch struct {
	Kind  byte   // what is in it
	Key   uint64 // which shard of the work takes it next; of lines their place in the output
	Items int    // how many records, pairs, counts … it holds
	Data  []byte
}

// The kinds of batches.
const (
	BatchRows     = 'R' // records
	BatchTerms    = 'T' // how often values occur, of some records
	BatchCommon   = 't' // the values that occur more than once, of all records, by their hashes
	BatchKeys     = 'K' // a block that a record has the key of
	BatchLive     = 'L' // a block of two or more that a record stands in, and that is not too large
	BatchPairs    = 'P' // pairs and their patterns
	BatchForest   = 'F' // records that pairs join, each with the root of its tree
	BatchDecided  = 'D' // pairs decided on, as lines
	BatchClusters = 'N' // records of a cluster of two or more
	BatchPairText = 'p' // lines of the pairs, in order
	BatchClusText = 'c' // lines of the clusters, in order
)

// Tally is what a step counted, by name. Tallies of the parts add up.
type Tally map[string]int64

// Add adds another.
func (t Tally) Add(o Tally) {
	for k, n := range o {
		t[k] += n
	}
}

// Step is one step of the work over some batches: it takes them all, in any
// order, and then ends. What it makes goes to the sink it was made with.
type Step interface {
	Take(b Batch) error
	End() (Tally, error)
}

// Sink takes batches. Their data is good until it returns.
type Sink func(Batch) error

// Facts are what a part of the records must know of all of them.
type Facts struct {
	Records  int              `json:"records"`
	Filled   map[string]int   `json:"filled"`   // by column: records that have a value, counting further names and addresses
	Terms    map[string]Terms `json:"terms"`    // by column
	Entities bool             `json:"entities"` // whether the terms are of one record of each entity
}

// Terms sum up how often the values of a column occur.
type Terms struct {
	N       int64 `json:"n"`       // records with a value
	Squares int64 `json:"squares"` // of the counts, summed
}

// Plan is which blocking keys are used.
type Plan struct {
	Every bool       `json:"everyPair"` // no keys: every pair is compared
	Keys  [][]string `json:"keys"`      // the atoms of each, by name
}

// WorkerConfig says what a Worker needs beside the batches. What a step has no
// use for may be left out.
type WorkerConfig struct {
	Shards int   // how many parts the work is cut into
	Facts  Facts // with Common the facts of all records
	Plan   Plan

	Common iter.Seq2[Batch, error] // BatchCommon, by ascending hash
	Labels iter.Seq2[Batch, error] // BatchForest, by ascending record

	PairLine    func(b []byte, p *Pair, why *Explanation, idA, idB string) []byte // writes one pair
	ClusterLine func(b []byte, id, cluster string) []byte                         // writes one record of the clusters
	Least       func(clusters []int, id func(int) string) []int                   // see report.ClusterIDs
}

// Worker does steps of what Finder.Find does with a model, over parts of records
// that need not fit one machine, with the very functions that Find uses. Put
// together the parts give what Find gives, byte for byte. A Worker is for one step.
type Worker struct {
	f     *Finder
	cfg   WorkerConfig
	terms []termColumn
}

// NewWorker makes a worker with the presets, model and thresholds of a finder,
// which must have a model: nothing is estimated in parts. Linking two files,
// sources without duplicates and people's decisions are for Find.
func NewWorker(f *Finder, cfg WorkerConfig) (*Worker, error) {
	switch {
	case f.cfg.Model == nil:
		return nil, errors.New("dedupe: a worker needs a model: nothing is estimated on a part of the records")
	case len(f.cfg.Judgements) > 0 || f.cfg.Cardinality != "":
		return nil, errors.New("dedupe: people's decisions and cardinalities are not for workers")
	case cfg.Shards < 1 || cfg.Shards > maxShards:
		return nil, fmt.Errorf("dedupe: the work must be cut into 1 to %d shards", maxShards)
	case cfg.Facts.Records >= extraRows:
		return nil, fmt.Errorf("dedupe: more than %d records", extraRows-1)
	}
	f.cfg.Jobs = 1
	return &Worker{f: f, cfg: cfg, terms: f.termColumns()}, nil
}

const maxShards = 1 << 20

// numberOf numbers a record by its file and its place there: such numbers are in
// the order in which Find numbers records.
func numberOf(file, place int) uint64 { return uint64(file)<<40 | uint64(place) }

// batchRows is how many neighbouring records of a file go together.
const batchRows = 1 << 10

func batchOf(number uint64) uint64 { return number / batchRows }

// shard gives the shard of a hash, rising with it.
func (w *Worker) shard(h uint64) uint64 {
	hi, _ := bits.Mul64(h, uint64(w.cfg.Shards))
	return hi
}

// shardOfRecord gives where a record lies with its neighbours.
func (w *Worker) shardOfRecord(number uint64) uint64 {
	return w.shard(mix(batchOf(number)+1, 0x5eed))
}

// shardOfBlock gives where the records of a block meet.
func (w *Worker) shardOfBlock(block uint64) uint64 { return w.shard(mix(block+1, 0xb10c)) }

// shardOfTree gives where connected records meet.
func (w *Worker) shardOfTree(root uint64) uint64 { return w.shard(mix(root+1, 0x7ee)) }

// damaged says that a batch can't be read.
func damaged(b Batch) error {
	return fmt.Errorf("dedupe: a damaged batch of kind %q, %d bytes", b.Kind, len(b.Data))
}

// unexpected says that a step was given what it has no use for.
func unexpected(b Batch) error {
	return fmt.Errorf("dedupe: a batch of kind %q is nothing for this step", b.Kind)
}

// outbox gathers what goes to each shard until it is worth sending.
type outbox struct {
	kind  byte
	sink  Sink
	bufs  map[uint64]*Batch
	total int64 // items
}

const boxSize = 256 << 10

func newOutbox(kind byte, sink Sink) *outbox {
	return &outbox{kind: kind, sink: sink, bufs: map[uint64]*Batch{}}
}

// for the shard of a key: the batch to add one item to.
func (o *outbox) to(key uint64) *Batch {
	b := o.bufs[key]
	if b == nil {
		b = &Batch{Kind: o.kind, Key: key}
		o.bufs[key] = b
	}
	b.Items++
	o.total++
	return b
}

// sent sends a batch that is full.
func (o *outbox) sent(b *Batch) error {
	if len(b.Data) < boxSize {
		return nil
	}
	return o.flush(b)
}

func (o *outbox) flush(b *Batch) error {
	if b.Items == 0 {
		return nil
	}
	err := o.sink(*b)
	b.Data, b.Items = b.Data[:0], 0
	return err
}

// close sends what is left, in the order of the keys.
func (o *outbox) close() error {
	for _, k := range slices.Sorted(maps.Keys(o.bufs)) {
		if err := o.flush(o.bufs[k]); err != nil {
			return err
		}
	}
	o.bufs = map[uint64]*Batch{}
	return nil
}

// cursor reads the data of a batch; once anything is wrong with it bad is set.
type cursor struct {
	s   string
	bad bool
}

func (c *cursor) uvarint() uint64 {
	var x uint64
	for i := 0; i < len(c.s) && i < 10; i++ {
		b := c.s[i]
		x |= uint64(b&127) << (7 * i)
		if b < 128 {
			c.s = c.s[i+1:]
			return x
		}
	}
	c.bad, c.s = true, ""
	return 0
}

func (c *cursor) uint64() uint64 {
	if len(c.s) < 8 {
		c.bad, c.s = true, ""
		return 0
	}
	var x uint64
	for i := range 8 {
		x |= uint64(c.s[i]) << (8 * i)
	}
	c.s = c.s[8:]
	return x
}

func (c *cursor) text() string {
	n := c.uvarint()
	if n > uint64(len(c.s)) {
		c.bad, c.s = true, ""
		return ""
	}
	out := c.s[:n]
	c.s = c.s[n:]
	return out
}

// items reads so many items, which must be all there is.
func items(b Batch, read func(c *cursor)) error {
	c := &cursor{s: string(b.Data)}
	for range b.Items {
		read(c)
		if c.bad {
			return damaged(b)
		}
	}
	if c.s != "" {
		return damaged(b)
	}
	return nil
}
