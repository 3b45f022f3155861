package dedupe

// termCounts are how many records have each value of a column, kept up as
// records come and go, or frozen when a model is estimated.
type termCounts struct {
	count   []int32 // by value id
	n       int64   // records with a value
	squares int64   // of the counts, summed
	agree   float64 // chance that two records with a value agree, as the model has it; 0 for that of the counts
	least   int64   // of fewer records no frequency is told
}

// fewTerms is the least number of records whose frequencies mean anything where
// no model was estimated.
const fewTerms = 1000

// of is what a value weighs more than the average agreement, in bits.
func (c *termCounts) of(id uint32) float64 {
	if c.n < c.least || c.n == 0 {
		return 0
	}
	k := int32(1) // a value no counted record has still occurs once at least
	if int(id) < len(c.count) {
		k = max(c.count[id], 1)
	}
	agree := c.agree
	if agree == 0 {
		agree = max(float64(c.squares)/(float64(c.n)*float64(c.n)+1), 1e-12)
	}
	return rareness(agree, k, c.n)
}

// add counts a value in (by 1) or out (by -1).
func (c *termCounts) add(id uint32, by int32) {
	if id == missing {
		return
	}
	for int(id) >= len(c.count) {
		c.count = append(c.count, 0)
	}
	old := int64(c.count[id])
	c.count[id] += by
	now := int64(c.count[id])
	c.squares += now*now - old*old
	c.n += int64(by)
}
