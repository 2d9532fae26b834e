namespace KpGrpc.GatewayLoad.Chaos;

/// <summary>One fault of a run.</summary>
/// <param name="Part">redis, inference or ledger.</param>
/// <param name="Kind">What is done to it.</param>
internal sealed record Fault(string Part, FaultKind Kind)
{
    /// <summary>Name in the results.</summary>
    public string Name => $"{Part}.{Kind.ToString().ToLowerInvariant()}";

    /// <summary>All of them, in the order in which they happen.</summary>
    public static IReadOnlyList<Fault> All { get; } =
        [.. from kind in Enum.GetValues<FaultKind>() from part in new[] { "redis", "inference", "ledger" } select new Fault(part, kind)];
}
