using KpGrpc.InferenceServer.Models.Sequence.Training;
using static TorchSharp.torch;

namespace KpGrpc.InferenceServer.Models.Sequence;

/// <summary>Histories side by side as the network takes them: from the left, the rest filled with work 0, which no place reads.</summary>
internal static class SequenceBatch
{
    /// <summary>Training windows and their targets.</summary>
    /// <returns>Inputs, [windows, length] int64; the real places in them, [places] int64; what came next, [places] int64.</returns>
    public static (Tensor Ids, Tensor Places, Tensor Targets) Of(IReadOnlyList<int[]> histories, TrainingWindow[] windows, Device device)
    {
        var length = windows.Max(window => window.Length);
        var ids = new long[windows.Length * length];
        var places = new long[windows.Sum(window => window.Length)];
        var targets = new long[places.Length];
        var at = 0;
        for (var row = 0; row < windows.Length; row++)
        {
            var works = histories[windows[row].History].AsSpan(windows[row].Start, windows[row].Length + 1);
            for (var place = 0; place < windows[row].Length; place++)
            {
                ids[(row * length) + place] = works[place];
                places[at] = (row * length) + place;
                targets[at++] = works[place + 1];
            }
        }

        return (tensor(ids, [windows.Length, length], device: device), tensor(places, device: device), tensor(targets, device: device));
    }

    /// <summary>The newest works of histories, each of at least one work.</summary>
    /// <returns>[histories, length] int64, and the last real place of each row, [histories] int64, in the flattened rows.</returns>
    public static (Tensor Ids, Tensor Last) Of(IReadOnlyList<ReadOnlyMemory<int>> histories, int lengthMax, Device device)
    {
        var length = Math.Min(lengthMax, histories.Max(history => history.Length));
        var ids = new long[histories.Count * length];
        var last = new long[histories.Count];
        for (var row = 0; row < histories.Count; row++)
        {
            var works = histories[row].Span;
            works = works[Math.Max(0, works.Length - length)..];
            for (var place = 0; place < works.Length; place++)
            {
                ids[(row * length) + place] = works[place];
            }

            last[row] = (row * length) + works.Length - 1;
        }

        return (tensor(ids, [histories.Count, length], device: device), tensor(last, device: device));
    }
}
