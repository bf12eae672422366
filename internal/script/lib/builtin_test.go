package lib_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
)

func TestBuiltins_Values(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ expression, want string }{
		{`sum([])`, `0`},
		{`sum([1, 2], 10)`, `13`},
		{`sum([0.1] * 10)`, `1`},
		{`sum([1e16, 1.0, -1e16])`, `1`},
		{`sum([1e100, 1, -1e100, 2])`, `3`},
		{`sum([1 << 70, 1, -(1 << 70)])`, `1`},
		{`sum([9007199254740993, 0.0, -9007199254740992])`, `1`},
		{`sum([1e308, 1e308, -1e308])`, `null`},
		{`sum([float("inf"), 1])`, `null`},
		{`sum(range(4))`, `6`},
		{`sum([time.hour, time.minute]).seconds`, `3660`},

		{`round(2.5)`, `2`},
		{`round(3.5)`, `4`},
		{`round(-2.5)`, `-2`},
		{`type(round(2.5))`, `"int"`},
		{`type(round(2.5, 0))`, `"float"`},
		{`round(2.675, 2)`, `2.67`},
		{`round(1.005, 2)`, `1`},
		{`round(1234.5678, digits=2)`, `1234.57`},
		{`round(1250, -2)`, `1200`},
		{`round(1350, -2)`, `1400`},
		{`round(-1250, -2)`, `-1200`},
		{`round(1251.0, -2)`, `1300`},
		{`round(1e20)`, `100000000000000000000`},
		{`round(7, 2)`, `7`},
		{`round(float("nan"), 2)`, `null`},

		{`max([], default = 0)`, `0`},
		{`max([], default = None)`, `null`},
		{`min([3, 1, 2])`, `1`},
		{`max(3, 1, 2)`, `3`},
		{`max(["a", "bbb"], key = len)`, `"bbb"`},
		{`min([3, 1], default = 0, key = lambda x: -x)`, `3`},
		{`chunks([1, 2, 3, 4, 5], 2)`, `[[1,2],[3,4],[5]]`},
		{`chunks([], 2)`, `[]`},

		{`now()`, `"2026-11-23T12:00:00.000Z"`},
		{`time.now() == now()`, `true`},
		{`days(0)`, `"2026-11-23"`},
		{`days(30)`, `"2026-10-24"`},
		{`days(-1)`, `"2026-11-24"`},
		{`days(0, zone = "Pacific/Auckland")`, `"2026-11-24"`},
		{`age("2026-11-23T11:00:00Z").hours`, `1`},
		{`age("2026-11-22").hours`, `36`},
		{`age(now() - time.minute).seconds`, `60`},
		{`time.parse_time("2026-11-23")`, `"2026-11-23T00:00:00.000Z"`},
		{`time.parse_time("2026-11-23 10:00:00+02")`, `"2026-11-23T08:00:00.000Z"`},
		{`time.parse_time("2026-11-23 10:00", location = "Europe/Berlin")`, `"2026-11-23T09:00:00.000Z"`},
		{`time.parse_time("23.11.2026", format = "02.01.2006")`, `"2026-11-23T00:00:00.000Z"`},
		{`time.from_timestamp(0)`, `"1970-01-01T00:00:00.000Z"`},
		{`time.from_timestamp(1.5)`, `"1970-01-01T00:00:01.500Z"`},
		{`time.time(year = 2026, month = 2, day = 3, hour = 4)`, `"2026-02-03T04:00:00.000Z"`},
		{`time.parse_duration("7d").hours`, `168`},
		{`time.parse_duration(90).minutes`, `1.5`},
		{`time.is_valid_timezone("Mars/Olympus")`, `false`},
		{`time.hour.minutes`, `60`},

		{`re.search("(b+)(x)?", "abbc")`, `["bb","bb",null]`},
		{`re.search("z", "abbc")`, `null`},
		{`re.findall("[0-9]+", "a1b22")`, `["1","22"]`},
		{`re.findall("([a-z])[0-9]", "a1b2")`, `["a","b"]`},
		{`re.findall("([a-z])([0-9])", "a1b2")`, `[["a","1"],["b","2"]]`},
		{`re.sub("[aeiou]", "_", "hello")`, `"h_ll_"`},
		{`re.sub("[aeiou]", "_", "hello", count = 1)`, `"h_llo"`},
		{`re.sub("(?P<first>\\w)(\\w)", "\\2\\g<first>-\\\\", "abcd")`, `"ba-\\dc-\\"`},
		{`re.sub("b*", "-", "abc")`, `"-a-c-"`},
		{`re.split("[,;]", "a,b;c")`, `["a","b","c"]`},
		{`re.split("([,;])", "a,b;c", maxsplit = 1)`, `["a",",","b;c"]`},

		{`json.encode({"b": [1, 2.0, None], "a": now()})`, `"{\"b\":[1,2,null],\"a\":\"2026-11-23T12:00:00.000Z\"}"`},
		{`json.decode("{\"a\": [1, 2.5]}")`, `{"a":[1,2.5]}`},
		{`json.decode("{", default = None)`, `null`},
		{`json.indent("{\"a\":1}", indent = " ")`, `"{\n \"a\": 1\n}"`},
		{`json.encode_indent([1], prefix = ">")`, `"[\n>\t1\n>]"`},

		{`math.pow(2, 10)`, `1024`},
		{`math.floor(-1.5)`, `-2`},
		{`math.log(8, 2)`, `3`},
		{`math.hypot(3, 4)`, `5`},
		{`math.sqrt(16)`, `4`},
		{`round(math.pi, 2)`, `3.14`},
		{`struct(a = 1).a`, `1`},
		{`read_file("search.sql")`, `"select 1"`},
		{`setting("limit")`, `5`},
		{`setting("limt", "none")`, `"none"`},
		{`attempt(lambda: 1 // 0).error.kind`, `"code"`},
		{`attempt(lambda: 1 // 0).error.message`, `"floored division by zero"`},
		{`attempt(lambda: 1 // 0).value`, `null`},
		{`attempt(fail, "a", 1, sep = "-").error.message`, `"a-1"`},
		{`attempt(fail, "x").error.kind`, `"fail"`},
		{`attempt(lambda x, y: x + y, 1, y = 2).value`, `3`},
		{`attempt(lambda: 1).error`, `null`},
		{`parallel(lambda x: x * 2, [3, 1, 2], limit = 2)`, `[6,2,4]`},
		{`parallel(lambda x: x, [])`, `[]`},
		{`parallel(lambda x: x.append(1) or x, [[], []])`, `[[1],[1]]`},
	} {
		t.Run(c.expression, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, c.want, evaluate(t, &world{}, c.expression))
		})
	}
}

func TestBuiltins_Mistakes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ expression, want string }{
		{`sum(["a"])`, `sum() adds numbers or durations, not a string`},
		{`sum(5)`, `sum() argument "values" must be a list, not an int`},
		{`sum([time.hour, 1])`, `sum() cannot add durations to numbers`},
		{`round("x")`, `round() argument "x" must be a number, not a string`},
		{`round(float("nan"))`, `round(): NaN has no nearest int`},
		{`round(1, "2")`, `round() argument "digits" must be an int, not a string`},
		{`max([])`, `max: argument is an empty sequence`},
		{`chunks([1], 0)`, `chunks() argument "size" must be at least 1`},
		{`chunks(5, 1)`, `chunks() argument "list" must be a list, not an int`},
		{`age(5)`, `age() argument "x" must be a time or its text, not an int`},
		{`age("yesterday")`, `"yesterday" is not a time`},
		{`days("x")`, `days() argument "n" must be an int, not a string`},
		{`days(1, "Mars/Olympus")`, `days() argument "zone" is no time zone: "Mars/Olympus"`},
		{`time.parse_time("x", format = "2006")`, `"x" is not a time in the format "2006"`},
		{`time.from_timestamp(1e20)`, `time.from_timestamp() argument "seconds" is out of range`},
		{`time.from_timestamp("x")`, `time.from_timestamp() argument "seconds" must be a number, not a string`},
		{`time.parse_duration("5 minutes")`, `"5 minutes" is not a duration`},
		{`time.parse_duration(1e30)`, `time.parse_duration() argument "x" is out of range`},
		{`re.search("(" + "", "x")`, `regular expression "("`},
		{`re.sub("x", "\\1", "x")`, `re.sub(): the pattern has no group "1"`},
		{`re.sub("x", "\\g<a>", "x")`, `re.sub(): the pattern has no group "a"`},
		{`re.sub("x", "\\g<a", "x")`, `re.sub(): \g< in the replacement is not closed`},
		{`re.sub("x", "\\q", "x")`, `re.sub(): the replacement has a \ that stands for nothing`},
		{`json.encode(len)`, `json.encode(): a function cannot be stored`},
		{`json.decode("{")`, `json.decode(): JSON at offset 1`},
		{`json.indent("{")`, `json: unexpected end of JSON input`},
		{`random.int(5, 1)`, `random.int(): low (5) is greater than high (1)`},
		{`random.choice([])`, `random.choice(): the list is empty`},
		{`random.sample([1], 2)`, `random.sample(): cannot take 2 of 1 elements`},
		{`math.sqrt("x")`, `sqrt: for parameter 1: got string, want float or int`},
		{`parallel(5, [])`, `parallel() argument "function" must be a function, not an int`},
		{`parallel(len, [], limit = 0)`, `parallel() argument "limit" must be between 1 and 100`},
		{`parallel(lambda x: parallel(len, [x]), ["a"])`, `parallel() cannot be called inside of parallel()`},
		{`attempt(5)`, `attempt() argument "function" must be a function, not an int`},
		{`setting("limt")`, `the setting "limt" is not configured and has no default (did you mean "limit"?)`},
		{`read_file("search" + ".sq")`, `there is no file "search.sq" in the monitor's folder (did you mean "search.sql"?)`},
		{`fail("stock is", -1)`, `stock is -1`},
		{`variables.get("")`, `variables.get() argument "name" must not be empty`},
		{`variables.set("a\x00", 1)`, `variables.set() argument "name" must be text without U+0000`},
		{`variables.set("x", len)`, `variable "x": a function cannot be stored`},
		{`variables.set("x", "y" * 70000)`, `variable "x": over 64 KiB in stored form`},
		{`incomplete(" ")`, `incomplete() argument "reason" must say why`},
		{`print("a", sep = 5)`, `print() argument "sep" must be a string, not an int`},
	} {
		t.Run(c.expression, func(t *testing.T) {
			t.Parallel()
			require.Contains(t, fails(t, &world{}, c.expression).Message, c.want)
		})
	}
}

func TestFail_EndsWithItsMessage(t *testing.T) {
	t.Parallel()
	failure := fails(t, &world{}, `fail("no stock")`)
	require.Equal(t, monitor.FailureFail, failure.Kind)
	require.Equal(t, "no stock", failure.Message)
	require.Equal(t, "monitor.star:3:23", failure.Position)
}

func TestRandom_IsWithinItsBounds(t *testing.T) {
	t.Parallel()
	require.Equal(t, `true`, evaluate(t, &world{}, `all([2 <= random.int(2, 4) and random.int(2, 4) <= 4 for _ in range(200)])`))
	require.Equal(t, `[2,3,4]`, evaluate(t, &world{}, `sorted(list(set([random.int(2, 4) for _ in range(200)])))`))
	require.Equal(t, `[1,2,3]`, evaluate(t, &world{}, `sorted(random.sample([1, 2, 3], 3))`))
	require.Equal(t, `true`, evaluate(t, &world{}, `random.choice(["a", "b"]) in ["a", "b"]`))
	require.Equal(t, `"int"`, evaluate(t, &world{}, `type(random.int(-9223372036854775807 - 1, 9223372036854775807))`))
	first := evaluate(t, &world{}, `parallel(lambda x: random.int(1, 1000000), [1, 2, 3])`)
	again := evaluate(t, &world{}, `parallel(lambda x: random.int(1, 1000000), [1, 2, 3])`)
	require.Equal(t, first, again)
}
