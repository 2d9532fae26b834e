namespace KpGrpc.InferenceServer.Registry.Serving;

/// <summary>What came of a command to the registry.</summary>
/// <param name="Rejection">Why it was not done; None where it was.</param>
/// <param name="Detail">The rejection in words: what was met and what to do.</param>
/// <param name="Versions">Versions that the command was about, as they are now.</param>
/// <param name="Replaced">Version that had the traffic before; null for none, or where nothing was moved.</param>
internal sealed record RegistryOutcome(RegistryRejection Rejection, string Detail, IReadOnlyList<VersionStatus> Versions, string? Replaced = null)
{
    /// <summary>It was not done.</summary>
    public static RegistryOutcome Rejected(RegistryRejection rejection, string detail) => new(rejection, detail, []);

    /// <summary>It was done.</summary>
    public static RegistryOutcome Done(IReadOnlyList<VersionStatus> versions, string? replaced = null) => new(RegistryRejection.None, "", versions, replaced);
}
