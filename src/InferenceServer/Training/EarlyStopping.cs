namespace KpGrpc.InferenceServer.Training;

/// <summary>Remembers the best validation figure and says when waiting for a better one is no use. Higher is better.</summary>
/// <param name="patience">Validations without a new best after which it is enough; 0 = never.</param>
internal sealed class EarlyStopping(int patience)
{
    /// <summary>The best figure; −∞ before the first.</summary>
    public double Best { get; private set; } = double.NegativeInfinity;

    /// <summary>The epoch of the best figure, from 1; 0 before the first.</summary>
    public int BestEpoch { get; private set; }

    /// <summary>Validations since the best.</summary>
    public int Waited { get; private set; }

    /// <summary>Says whether the patience is used up.</summary>
    public bool Enough => patience > 0 && Waited >= patience;

    /// <summary>Takes a figure.</summary>
    /// <returns>True: it is the best so far. NaN never is.</returns>
    public bool Observe(double figure, int epoch)
    {
        if (figure > Best)
        {
            (Best, BestEpoch, Waited) = (figure, epoch, 0);
            return true;
        }

        Waited++;
        return false;
    }

    /// <summary>Goes on from a checkpoint.</summary>
    public void Restore(double best, int bestEpoch, int waited) => (Best, BestEpoch, Waited) = (best, bestEpoch, waited);
}
