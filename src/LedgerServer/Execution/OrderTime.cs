namespace KpGrpc.LedgerServer.Execution;

/// <summary>The order's time: microseconds since the Unix epoch, given by the orderer, never read from a clock.</summary>
internal static class OrderTime
{
    /// <summary>Highest time that the contract can show: 9999-12-31T23:59:59.999999Z.</summary>
    public const long MaxMicros = 253_402_300_799_999_999;

    /// <summary>Microseconds in a licence day of 86,400 seconds.</summary>
    public const long MicrosPerDay = 86_400_000_000;

    /// <summary>True where the contract can show the time; times before 1970 are not used.</summary>
    public static bool IsInRange(long micros) => micros is >= 0 and <= MaxMicros;
}
