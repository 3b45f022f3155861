package dedupe

import (
	"bufio"
	"io"
)

// skipMark gives a reader without the byte order mark it may begin with.
func skipMark(r io.Reader) io.Reader {
	b := bufio.NewReader(r)
	if head, _ := b.Peek(3); string(head) == "\xef\xbb\xbf" {
		_, _ = b.Discard(3)
	}
	return b
}
