package dedupe

import (
	"sync"
	"sync/atomic"
)

// share runs n tasks on some workers. newWorker is called once for each worker
// and gives what runs a task; which worker gets which is not fixed.
func share(jobs, n int, newWorker func() func(i int)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(max(jobs, 1), n) {
		run := newWorker()
		wg.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				run(i)
			}
		})
	}
	wg.Wait()
}
