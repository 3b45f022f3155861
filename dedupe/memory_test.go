package dedupe

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"testing"

	"leds.internal/ledsq/record"
)

// TestSameWithinAnyMemory holds results to be the same whether all blocks are
// held at once or the records are gone through in parts.
func TestSameWithinAnyMemory(t *testing.T) {
	for _, linked := range []bool{false, true} {
		t.Run(fmt.Sprint(linked), func(t *testing.T) {
			people := sampled(t, record.KindPerson, 3_000, 9)
			find := func(memory int64, jobs int) (*Result, *Forecast, error) {
				f, err := NewFinder(record.KindPerson, Config{Memory: memory, Jobs: jobs})
				if err != nil {
					t.Fatal(err)
				}
				for i, p := range people {
					add := f.Add
					if linked && i >= len(people)/2 {
						add = f.AddRight
					}
					if err := add(p); err != nil {
						t.Fatal(err)
					}
				}
				if jobs == 0 {
					c, err := f.Forecast(context.Background())
					return nil, c, err
				}
				res, err := f.Find(context.Background())
				return res, nil, err
			}
			_, free, err := find(0, 0)
			if err != nil || free.Memory.Split || free.Error != nil || free.Memory.Least >= free.Memory.Usual {
				t.Fatalf("%+v, %v", free, err)
			}
			want, _, err := find(0, 2)
			if err != nil {
				t.Fatal(err)
			}
			if _, tight, err := find(free.Memory.Least+1<<18, 0); err != nil || !tight.Memory.Split || tight.Error != nil {
				t.Fatalf("%+v, %v", tight, err)
			}
			got, _, err := find(free.Memory.Least+1<<18, 3)
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(got.Clusters, want.Clusters) || !reflect.DeepEqual(got.Pairs, want.Pairs) || !reflect.DeepEqual(got.Model, want.Model) || !reflect.DeepEqual(got.Dropped, want.Dropped) {
				t.Error("another result with little memory")
			}
			if linked { // the rest is the same
				return
			}
			_, c, err := find(free.Memory.Least-8<<20, 0)
			if err != nil || c.Error == nil || !c.Memory.Split {
				t.Errorf("the forecast allows too little: %+v, %v", c, err)
			}
			var short *MemoryError
			if _, _, err := find(free.Memory.Least/4, 2); !errors.As(err, &short) || short.Need <= short.Bound || short.Records != len(people) {
				t.Errorf("too little memory gives %v", err)
			}
		})
	}
}
