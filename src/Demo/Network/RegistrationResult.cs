namespace KpGrpc.Demo.Network;

/// <summary>What became of planned commands.</summary>
/// <param name="Accepted">New on the ledger.</param>
/// <param name="AlreadyThere">On the ledger since an earlier run.</param>
/// <param name="Signatures">Batches, each under one signature.</param>
internal sealed record RegistrationResult(int Accepted, int AlreadyThere, int Signatures)
{
    /// <summary>The sum of both.</summary>
    public RegistrationResult Plus(RegistrationResult other) =>
        new(Accepted + other.Accepted, AlreadyThere + other.AlreadyThere, Signatures + other.Signatures);
}
