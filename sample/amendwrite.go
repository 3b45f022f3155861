package sample

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
)

// AmendmentOutputs are where amendments are written; what is nil is not
// written. Before and After are JSON Lines, matched by id; Labels is
// "id,type,flag,rule" with a header, rule empty for a good amendment.
type AmendmentOutputs struct{ Before, After, Labels io.Writer }

// WriteAmendments writes what GenerateAmendments makes.
func WriteAmendments(ctx context.Context, o Options, out AmendmentOutputs) error {
	put := func(w io.Writer, b []byte) error {
		if w == nil {
			return nil
		}
		_, err := w.Write(append(b, '\n'))
		return err
	}
	if err := put(out.Labels, []byte("id,type,flag,rule")); err != nil {
		return fmt.Errorf("sample: writing amendments: %w", err)
	}
	return GenerateAmendments(ctx, o, func(a Amended) error {
		before, err := json.Marshal(a.Before)
		if err != nil {
			return err
		}
		after, err := json.Marshal(a.After)
		if err != nil {
			return err
		}
		if err := put(out.Before, before); err != nil {
			return err
		}
		if err := put(out.After, after); err != nil {
			return err
		}
		return put(out.Labels, []byte(a.After.Head().ID+","+a.Type+","+strconv.FormatBool(a.Flag)+","+a.Rule))
	})
}
