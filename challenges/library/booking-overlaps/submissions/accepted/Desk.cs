using System;
using System.Collections.Generic;
using System.IO;
using System.Text;

class Booking
{
    public string Room;
    public int Start, End, Number;
}

class ByStart : IComparer<Booking>
{
    public int Compare(Booking a, Booking b) => a.Start.CompareTo(b.Start);
}

class Desk
{
    private readonly Dictionary<string, List<Booking>> rooms = new Dictionary<string, List<Booking>>();
    private readonly Dictionary<int, Booking> made = new Dictionary<int, Booking>();
    private static readonly ByStart Order = new ByStart();

    public string Book(Booking wish)
    {
        if (!rooms.TryGetValue(wish.Room, out var calendar)) rooms[wish.Room] = calendar = new List<Booking>();
        int at = calendar.BinarySearch(wish, Order);
        if (at >= 0) return "clash " + calendar[at].Number;
        at = ~at;
        if (at > 0 && calendar[at - 1].End > wish.Start) return "clash " + calendar[at - 1].Number;
        if (at < calendar.Count && calendar[at].Start < wish.End) return "clash " + calendar[at].Number;
        calendar.Insert(at, wish);
        made[wish.Number] = wish;
        return "ok";
    }

    public string Cancel(int number)
    {
        if (!made.TryGetValue(number, out var booking)) return "unknown";
        made.Remove(number);
        var calendar = rooms[booking.Room];
        calendar.RemoveAt(calendar.BinarySearch(booking, Order));
        return "ok";
    }

    static void Main()
    {
        var input = new StreamReader(Console.OpenStandardInput());
        int count = int.Parse(input.ReadLine());
        var desk = new Desk();
        var answers = new StringBuilder();
        for (int number = 1; number <= count; number++)
        {
            string[] words = input.ReadLine().Split(' ');
            if (words[0] == "-")
            {
                answers.Append(desk.Cancel(int.Parse(words[1]))).Append('\n');
                continue;
            }
            int start = int.Parse(words[1]);
            var wish = new Booking { Room = words[0], Start = start, End = start + int.Parse(words[2]), Number = number };
            answers.Append(desk.Book(wish)).Append('\n');
        }
        Console.Out.Write(answers);
    }
}
