namespace KpGrpc.LedgerServer.Ordering;

/// <summary>The order has stopped before a command was known to be durable: its outcome is unknown.</summary>
internal sealed class OrderingStoppedException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Why it stopped.</param>
    /// <param name="innerException">The failure behind it; null for a clean stop.</param>
    public OrderingStoppedException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
