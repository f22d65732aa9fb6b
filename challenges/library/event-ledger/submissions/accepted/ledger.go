package main

import (
	"bufio"
	"fmt"
	"os"
	"sort"
	"strconv"
	"strings"
)

type event struct {
	line  string
	key   string
	time  int
	kind  string
	words []string
}

type change struct {
	time    int
	balance int64
}

func cents(text string) int64 {
	amount, err := strconv.ParseInt(strings.Replace(text, ".", "", 1), 10, 64)
	if err != nil {
		panic(err)
	}
	return amount
}

func before(a, b *event) bool {
	if a.time != b.time {
		return a.time < b.time
	}
	return a.key < b.key
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	in.Scan()
	var eventCount, questionCount int
	fmt.Sscan(in.Text(), &eventCount, &questionCount)

	var duplicates, conflicts, orphans, voided, refused int
	first := map[string]*event{}
	for i := 0; i < eventCount; i++ {
		in.Scan()
		line := in.Text()
		words := strings.Fields(line)
		if known, found := first[words[0]]; found {
			if known.line == line {
				duplicates++
			} else {
				conflicts++
			}
			continue
		}
		time, _ := strconv.Atoi(words[1])
		first[words[0]] = &event{line, words[0], time, words[2], words[3:]}
	}

	correction := map[string]*event{}
	var movements []*event
	for _, one := range first {
		if one.kind != "amend" && one.kind != "void" {
			movements = append(movements, one)
			continue
		}
		target, found := first[one.words[0]]
		if !found || target.kind == "amend" || target.kind == "void" {
			orphans++
		} else if other := correction[target.key]; other == nil || before(other, one) {
			correction[target.key] = one
		}
	}
	sort.Slice(movements, func(i, j int) bool { return before(movements[i], movements[j]) })

	history := map[string][]change{}
	held := func(account string) int64 {
		if changes := history[account]; len(changes) > 0 {
			return changes[len(changes)-1].balance
		}
		return 0
	}
	add := func(account string, time int, amount int64) {
		history[account] = append(history[account], change{time, held(account) + amount})
	}
	for _, movement := range movements {
		amount := cents(movement.words[len(movement.words)-1])
		if fix := correction[movement.key]; fix != nil {
			if fix.kind == "void" {
				voided++
				continue
			}
			amount = cents(fix.words[1])
		}
		if movement.kind != "deposit" {
			if held(movement.words[0]) < amount {
				refused++
				continue
			}
			add(movement.words[0], movement.time, -amount)
		}
		if movement.kind != "withdraw" {
			add(movement.words[len(movement.words)-2], movement.time, amount)
		}
	}

	fmt.Fprintf(out, "duplicates %d conflicts %d orphans %d voided %d refused %d\n", duplicates, conflicts, orphans, voided, refused)
	for i := 0; i < questionCount; i++ {
		in.Scan()
		words := strings.Fields(in.Text())
		time, _ := strconv.Atoi(words[1])
		changes := history[words[0]]
		at := sort.Search(len(changes), func(i int) bool { return changes[i].time > time })
		balance := int64(0)
		if at > 0 {
			balance = changes[at-1].balance
		}
		fmt.Fprintf(out, "%d.%02d\n", balance/100, balance%100)
	}
}
