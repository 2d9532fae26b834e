namespace KpGrpc.LedgerServer.Tests.Concurrency;

/// <summary>
/// Holds what concurrent clients saw to strict serialisability: there is one order of all commands, the one that the
/// receipts name; each reply is what the reference model answers at its place; and whatever was answered before
/// something else was asked stands before it. Here the order is given, so the check is a replay and one sweep over time.
/// </summary>
/// <remarks>
/// M. Herlihy, J. Wing, "Linearizability: A Correctness Condition for Concurrent Objects", TOPLAS 12(3), 1990, for the order
/// of real time.
/// </remarks>
internal static class SerialOrder
{
    /// <summary>Finds everything that contradicts it.</summary>
    /// <param name="history">All calls that could change or read the ledger, in any order.</param>
    /// <returns>One line a fault; empty where there is none.</returns>
    public static IReadOnlyList<string> Faults(IReadOnlyCollection<Observed> history) => [.. CheckOrder(history), .. CheckReplies(history), .. CheckRealTime(history)];

    // Every place is taken by one command, and time does not fall along them.
    private static IEnumerable<string> CheckOrder(IReadOnlyCollection<Observed> history)
    {
        var writes = Writes(history).ToList();
        for (var i = 0; i < writes.Count; i++)
        {
            if (writes[i].Sequence != (ulong)i)
            {
                yield return $"place {i} is not the one of a command: next comes {writes[i].Sequence}";
                yield break;
            }

            if (i > 0 && writes[i].OrderedAtMicros < writes[i - 1].OrderedAtMicros)
            {
                yield return $"the order's time falls at {i}";
            }
        }
    }

    private static IEnumerable<string> CheckReplies(IReadOnlyCollection<Observed> history)
    {
        var model = ModelAnswers.NewModel();
        var replays = history.OfType<ObservedWrite>().Where(write => write.IsReplay).ToLookup(write => write.Sequence);
        var reads = history.OfType<ObservedRead>().ToLookup(read => read.Sequence);
        foreach (var write in Writes(history))
        {
            var (said, expected) = ($"executed:{write.Reason}", model.Execute(write.Command, write.OrderedAtMicros));
            if (said != expected)
            {
                yield return $"{write.Sequence}: {write.Command.Body.Kind} was {said}, the model says {expected}";
            }

            foreach (var replay in replays[write.Sequence])
            {
                if ((replay.Command.PayloadHash, replay.Reason, replay.OrderedAtMicros) != (write.Command.PayloadHash, write.Reason, write.OrderedAtMicros))
                {
                    yield return $"{write.Sequence}: asked again, {replay.Command.Body.Kind} was answered otherwise";
                }
            }

            foreach (var read in reads[write.Sequence])
            {
                var answer = ModelAnswers.Of(model, read.Question);
                if (read.Answer != answer)
                {
                    yield return $"after {write.Sequence}: {read.Question} was {read.Answer}, the model says {answer}";
                }
            }
        }
    }

    // Sweeps over the times of asking, with the greatest place of all that had been answered by then.
    private static IEnumerable<string> CheckRealTime(IReadOnlyCollection<Observed> history)
    {
        var answered = new Queue<Observed>(history.OrderBy(call => call.Answered));
        Observed? newest = null;
        foreach (var call in history.OrderBy(call => call.Invoked))
        {
            while (answered.TryPeek(out var earlier) && earlier.Answered < call.Invoked)
            {
                answered.Dequeue();
                newest = newest is null || Place(earlier) > Place(newest) ? earlier : newest;
            }

            // An answer from the past, or one that was given before, may come at any time.
            if (newest is null || call is ObservedRead { IsPast: true } or ObservedWrite { IsReplay: true })
            {
                continue;
            }

            if (call is ObservedRead ? Place(call) < Place(newest) : Place(call) <= Place(newest))
            {
                yield return $"{Name(call)} was asked after {Name(newest)} had been answered";
            }
        }
    }

    // A command stands before the reads that show it.
    private static ulong Place(Observed call) => call switch
    {
        ObservedRead { IsPast: true } => 0,
        ObservedRead read => (2 * read.Sequence) + 1,
        _ => 2 * call.Sequence,
    };

    private static string Name(Observed call) => call is ObservedWrite write
        ? $"client {call.Client}'s {write.Command.Body.Kind} at {call.Sequence}"
        : $"client {call.Client}'s {((ObservedRead)call).Question} after {call.Sequence}";

    private static IOrderedEnumerable<ObservedWrite> Writes(IReadOnlyCollection<Observed> history) =>
        history.OfType<ObservedWrite>().Where(write => !write.IsReplay).OrderBy(write => write.Sequence);
}
