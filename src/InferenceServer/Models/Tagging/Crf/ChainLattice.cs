using System.Numerics;

namespace KpGrpc.InferenceServer.Models.Tagging.Crf;

/// <summary>
/// The loss of one sequence and its gradients by forward and backward sums (Lafferty, McCallum and Pereira 2001). Sums stay
/// logarithms from token to token; between two tokens they are shifted by their maximum, so that a step is one product of a
/// vector and a matrix instead of an exponential for each pair of tags. Not thread-safe; its memory is used again.
/// </summary>
/// <param name="scores">Scores of the chain; forbidden ones are far below zero.</param>
internal sealed class ChainLattice(TransitionScores scores)
{
    private readonly int tags = scores.Start.Length;
    private readonly float[] factors = [.. scores.Between.Select(MathF.Exp)]; // [from, to]
    private readonly float[] turned = Turn([.. scores.Between.Select(MathF.Exp)], scores.Start.Length); // [to, from]
    private readonly float[] shifted = new float[scores.Start.Length];
    private readonly float[] sums = new float[scores.Start.Length];
    private float[] forward = [];
    private float[] backward = [];

    /// <summary>Adds a sequence's gradients and gives its loss.</summary>
    /// <param name="emissions">[length, tags], row by row.</param>
    /// <param name="targets">The right tags; at least one.</param>
    /// <param name="gradients">[length, tags]: gets the gradients of the emissions, times <paramref name="weight"/>.</param>
    /// <param name="chain">Gets the chain's gradients, times <paramref name="weight"/>, added to what is there.</param>
    /// <param name="weight">Factor on all gradients.</param>
    /// <returns>The negative logarithm of the probability of the right tags, in nats; not weighted.</returns>
    public double Add(ReadOnlySpan<float> emissions, ReadOnlySpan<int> targets, Span<float> gradients, ChainGradients chain, float weight)
    {
        var length = targets.Length;
        Forward(emissions, length);
        Backward(emissions, length);
        var partition = Partition(length);
        for (var at = 0; at < length * tags; at++)
        {
            gradients[at] = weight * MathF.Exp(forward[at] + backward[at] - partition);
        }

        AddSingles(gradients, length, chain);
        for (var at = 1; at < length; at++)
        {
            AddPairs(emissions, at, partition, chain, weight);
        }

        return partition - Right(emissions, targets, gradients, chain, weight);
    }

    private static float[] Turn(float[] matrix, int size)
    {
        var turned = new float[matrix.Length];
        for (var at = 0; at < matrix.Length; at++)
        {
            turned[(at % size * size) + (at / size)] = matrix[at];
        }

        return turned;
    }

    /// <summary>target += factor × source.</summary>
    private static void AddScaled(Span<float> target, ReadOnlySpan<float> source, float factor)
    {
        var at = 0;
        var broad = new Vector<float>(factor);
        for (; at <= target.Length - Vector<float>.Count; at += Vector<float>.Count)
        {
            (new Vector<float>(target[at..]) + (new Vector<float>(source[at..]) * broad)).CopyTo(target[at..]);
        }

        for (; at < target.Length; at++)
        {
            target[at] += factor * source[at];
        }
    }

    private void Forward(ReadOnlySpan<float> emissions, int length)
    {
        forward = forward.Length < length * tags ? new float[length * tags] : forward;
        for (var tag = 0; tag < tags; tag++)
        {
            forward[tag] = scores.Start[tag] + emissions[tag];
        }

        for (var at = 1; at < length; at++)
        {
            var highest = Shift(forward.AsSpan((at - 1) * tags, tags));
            Multiply(factors);
            for (var tag = 0; tag < tags; tag++)
            {
                forward[(at * tags) + tag] = MathF.Log(sums[tag]) + highest + emissions[(at * tags) + tag];
            }
        }
    }

    private void Backward(ReadOnlySpan<float> emissions, int length)
    {
        backward = backward.Length < length * tags ? new float[length * tags] : backward;
        scores.End.CopyTo(backward.AsSpan((length - 1) * tags));
        for (var at = length - 2; at >= 0; at--)
        {
            var highest = ShiftNext(emissions, at + 1);
            Multiply(turned);
            for (var tag = 0; tag < tags; tag++)
            {
                backward[(at * tags) + tag] = MathF.Log(sums[tag]) + highest;
            }
        }
    }

    /// <summary>What a token and all after it are worth for each of its tags, shifted by the maximum.</summary>
    private float ShiftNext(ReadOnlySpan<float> emissions, int at)
    {
        var next = new float[tags];
        for (var tag = 0; tag < tags; tag++)
        {
            next[tag] = emissions[(at * tags) + tag] + backward[(at * tags) + tag];
        }

        return Shift(next);
    }

    /// <summary>Fills <see cref="shifted"/> with exponentials whose maximum is 1.</summary>
    /// <returns>The logarithm that was taken off.</returns>
    private float Shift(ReadOnlySpan<float> logarithms)
    {
        var highest = float.NegativeInfinity;
        foreach (var value in logarithms)
        {
            highest = MathF.Max(highest, value);
        }

        for (var tag = 0; tag < tags; tag++)
        {
            shifted[tag] = MathF.Exp(logarithms[tag] - highest);
        }

        return highest;
    }

    /// <summary><see cref="sums"/> = <see cref="shifted"/> × matrix.</summary>
    private void Multiply(float[] matrix)
    {
        Array.Clear(sums);
        for (var tag = 0; tag < tags; tag++)
        {
            if (shifted[tag] > 0)
            {
                AddScaled(sums, matrix.AsSpan(tag * tags, tags), shifted[tag]);
            }
        }
    }

    private float Partition(int length)
    {
        var last = new float[tags];
        for (var tag = 0; tag < tags; tag++)
        {
            last[tag] = forward[((length - 1) * tags) + tag] + scores.End[tag];
        }

        var highest = Shift(last);
        return highest + MathF.Log(shifted.Sum());
    }

    private void AddSingles(ReadOnlySpan<float> gradients, int length, ChainGradients chain)
    {
        for (var tag = 0; tag < tags; tag++)
        {
            chain.Start[tag] += gradients[tag];
            chain.End[tag] += gradients[((length - 1) * tags) + tag];
        }
    }

    /// <summary>How likely each pair of tags is at a token and the one before it.</summary>
    private void AddPairs(ReadOnlySpan<float> emissions, int at, float partition, ChainGradients chain, float weight)
    {
        var after = ShiftNext(emissions, at);
        shifted.CopyTo(sums, 0);
        var before = Shift(forward.AsSpan((at - 1) * tags, tags));
        var common = weight * MathF.Exp(before + after - partition);
        for (var tag = 0; tag < tags; tag++)
        {
            var factor = common * shifted[tag];
            if (factor > 0)
            {
                AddProduct(chain.Between.AsSpan(tag * tags, tags), factors.AsSpan(tag * tags, tags), sums, factor);
            }
        }
    }

    /// <summary>target += factor × left × right, element by element.</summary>
    private static void AddProduct(Span<float> target, ReadOnlySpan<float> left, ReadOnlySpan<float> right, float factor)
    {
        var at = 0;
        var broad = new Vector<float>(factor);
        for (; at <= target.Length - Vector<float>.Count; at += Vector<float>.Count)
        {
            (new Vector<float>(target[at..]) + (new Vector<float>(left[at..]) * new Vector<float>(right[at..]) * broad)).CopyTo(target[at..]);
        }

        for (; at < target.Length; at++)
        {
            target[at] += factor * left[at] * right[at];
        }
    }

    /// <summary>Scores the right tags and takes them off the gradients.</summary>
    private double Right(ReadOnlySpan<float> emissions, ReadOnlySpan<int> targets, Span<float> gradients, ChainGradients chain, float weight)
    {
        var score = (double)scores.Start[targets[0]] + scores.End[targets[^1]];
        chain.Start[targets[0]] -= weight;
        chain.End[targets[^1]] -= weight;
        for (var at = 0; at < targets.Length; at++)
        {
            score += emissions[(at * tags) + targets[at]];
            gradients[(at * tags) + targets[at]] -= weight;
            if (at > 0)
            {
                var pair = (targets[at - 1] * tags) + targets[at];
                score += scores.Between[pair];
                chain.Between[pair] -= weight;
            }
        }

        return score;
    }
}
