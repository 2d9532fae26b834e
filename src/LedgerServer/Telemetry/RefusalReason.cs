namespace KpGrpc.LedgerServer.Telemetry;

/// <summary>Values of the tag <c>reason</c> for calls that were refused before the order, beside those of <see cref="Admission.AdmissionReason"/>.</summary>
internal static class RefusalReason
{
    /// <summary>The queue has no room.</summary>
    public const string QueueFull = "QUEUE_FULL";

    /// <summary>The disk is almost full.</summary>
    public const string DiskLow = "DISK_LOW";

    /// <summary>More than the whole queue could hold.</summary>
    public const string TooLarge = "TOO_LARGE";
}
