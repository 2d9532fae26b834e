namespace KpGrpc.LedgerServer.Admission;

/// <summary>The ledger's unit of time: microseconds since 1970, UTC.</summary>
internal static class UnixMicros
{
    public static long Of(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
}
