using KpGrpc.InferenceServer.Training;

namespace KpGrpc.InferenceServer.Models.Sequence.Training;

/// <summary>
/// What an epoch trains on, in which order: every transition of every history once. Long histories are cut into windows at
/// other places each epoch; windows of nearly the same length share a step, so that hardly a place is padding.
/// </summary>
internal static class EpochPlan
{
    private const int LengthJitter = 8; // windows this close in length are mixed, so that steps differ from epoch to epoch

    /// <summary>Makes the steps of an epoch.</summary>
    /// <param name="histories">Training histories; those of fewer than two works give nothing.</param>
    /// <param name="lengthMax">Places of a window at most.</param>
    /// <param name="placesPerStep">Places of a step at most, padding included; a step has at least one window.</param>
    /// <param name="random">Draws cuts and order.</param>
    public static List<TrainingWindow[]> Make(IReadOnlyList<int[]> histories, int lengthMax, int placesPerStep, SeededRandom random)
    {
        var windows = new List<(TrainingWindow Window, int Key)>();
        for (var history = 0; history < histories.Count; history++)
        {
            foreach (var window in Cut(history, histories[history].Length - 1, lengthMax, random))
            {
                windows.Add((window, window.Length + random.Below(LengthJitter)));
            }
        }

        var order = windows.ToArray();
        random.Shuffle<(TrainingWindow Window, int Key)>(order);
        var steps = Fill(order.OrderByDescending(entry => entry.Key).Select(entry => entry.Window), placesPerStep).ToArray();
        random.Shuffle<TrainingWindow[]>(steps);
        return [.. steps];
    }

    private static IEnumerable<TrainingWindow> Cut(int history, int places, int lengthMax, SeededRandom random)
    {
        var start = 0;
        var first = places <= lengthMax ? places : 1 + random.Below(lengthMax);
        for (var length = first; length > 0; length = Math.Min(lengthMax, places - start))
        {
            yield return new TrainingWindow(history, start, length);
            start += length;
        }
    }

    private static IEnumerable<TrainingWindow[]> Fill(IEnumerable<TrainingWindow> longestFirst, int placesPerStep)
    {
        var step = new List<TrainingWindow>();
        var longest = 0;
        foreach (var window in longestFirst)
        {
            longest = Math.Max(longest, window.Length);
            if (step.Count > 0 && longest * (step.Count + 1) > placesPerStep)
            {
                yield return [.. step];
                step.Clear();
                longest = window.Length;
            }

            step.Add(window);
        }

        if (step.Count > 0)
        {
            yield return [.. step];
        }
    }
}
