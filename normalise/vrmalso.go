package normalise

// OtherFormats lists the formats, besides the Class of VRM, that a mark without
// spaces may also belong to, and which only the plate or its place can tell:
//
//   - jersey: J or E and one to four digits, like a mark of before 1963;
//   - alderney: AY and up to four digits, likewise;
//   - trade: up to three digits and letters, the trade plates of before 2015,
//     like a reversed mark;
//   - trade2015: five digits, like a mark of Guernsey.
func OtherFormats(mark string) []string {
	class := vrmClass(mark)
	letters, digits := 0, 0
	for i := 0; i < len(mark); i++ {
		if isDigit(mark[i]) {
			digits++
		} else {
			letters++
		}
	}
	switch {
	case class == "guernsey" && digits == 5:
		return []string{"trade2015"}
	case class != "dateless" && class != "ni":
		return nil
	case isDigit(mark[0]) && digits <= 3 && letters <= 3:
		return []string{"trade"}
	case letters == 1 && (mark[0] == 'J' || mark[0] == 'E'):
		return []string{"jersey"}
	case letters == 2 && mark[:2] == "AY":
		return []string{"alderney"}
	}
	return nil
}
