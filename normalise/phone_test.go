package normalise

import (
	"fmt"
	"testing"

	"github.com/nyaruka/phonenumbers"
)

// TestBritishPlanAgreesWithTheLibrary compares our shapes with those of the
// library over every beginning of four digits and every length: what it calls
// valid we accept, with the same kind of number.
func TestBritishPlanAgreesWithTheLibrary(t *testing.T) {
	kinds := map[phonenumbers.PhoneNumberType][]string{
		phonenumbers.FIXED_LINE: {"geographic"}, phonenumbers.MOBILE: {"mobile"}, phonenumbers.PAGER: {"pager"}, phonenumbers.PERSONAL_NUMBER: {"personal"},
		phonenumbers.UAN: {"national", "corporate"}, phonenumbers.VOIP: {"voip"}, phonenumbers.TOLL_FREE: {"freephone"}, phonenumbers.SHARED_COST: {"service"},
		phonenumbers.PREMIUM_RATE: {"premium", "service"}, phonenumbers.FIXED_LINE_OR_MOBILE: {"geographic", "mobile"},
	}
	tails := []string{"234567", "019283"}
	compared, loose := 0, 0
	for prefix := range 9000 {
		for _, tail := range tails {
			for _, n := range []int{7, 9, 10} {
				nsn := (fmt.Sprint(prefix+1000) + tail)[:n]
				class := britishNumber(nsn)
				if class == "drama" || fillerNumber(nsn) {
					continue
				}
				num := &phonenumbers.PhoneNumber{}
				if err := phonenumbers.ParseToNumber("+44"+nsn, "GB", num); err != nil {
					continue
				}
				compared++
				if !phonenumbers.IsValidNumber(num) {
					if class != "" {
						loose++
					}
					continue
				}
				ok := false
				for _, k := range kinds[phonenumbers.GetNumberType(num)] {
					ok = ok || k == class
				}
				if !ok {
					t.Errorf("0%s is %q to us, type %d to the library", nsn, class, phonenumbers.GetNumberType(num))
				}
			}
		}
	}
	t.Logf("%d numbers compared; %d that we accept and the library has no range for", compared, loose)
}
