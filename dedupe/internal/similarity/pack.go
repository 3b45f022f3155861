package similarity

// pack maps the runes of both strings to bytes, so that a function of bytes
// works in runes. Plain ASCII comes back as it is; ok is false for more than
// 255 different runes.
func pack(a, b string) (string, string, bool) {
	if ascii(a) && ascii(b) {
		return a, b, true
	}
	codes := map[rune]byte{}
	one := func(s string) (string, bool) {
		out := make([]byte, 0, len(s))
		for _, r := range s {
			c, seen := codes[r]
			if !seen {
				if len(codes) == 255 {
					return "", false
				}
				c = byte(len(codes) + 1)
				codes[r] = c
			}
			out = append(out, c)
		}
		return string(out), true
	}
	pa, ok1 := one(a)
	pb, ok2 := one(b)
	return pa, pb, ok1 && ok2
}

// ascii looks at eight bytes at a time.
func ascii(s string) bool {
	for len(s) >= 8 {
		if word(s)&0x8080808080808080 != 0 {
			return false
		}
		s = s[8:]
	}
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// word gives the first eight bytes, the first one lowest.
func word(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}
