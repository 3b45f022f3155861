package report

import (
	"io"
	"sync"
)

// writeRows writes a head and n rows, in order, made by several jobs at once.
func writeRows(w io.Writer, head string, n, jobs int, row func(b []byte, i int) []byte) error {
	if _, err := io.WriteString(w, head); err != nil {
		return err
	}
	const batch = 1 << 11
	texts := make([][]byte, max(jobs, 1))
	for from := 0; from < n; from += batch * len(texts) {
		var all sync.WaitGroup
		for k := range texts {
			all.Go(func() {
				texts[k] = texts[k][:0]
				for i := from + k*batch; i < min(from+(k+1)*batch, n); i++ {
					texts[k] = row(texts[k], i)
				}
			})
		}
		all.Wait()
		for _, text := range texts {
			if _, err := w.Write(text); err != nil {
				return err
			}
		}
	}
	return nil
}
