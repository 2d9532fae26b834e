namespace KpGrpc.LedgerServer.Ordering;

/// <summary>The rules themselves are at fault: the state contradicts what must always hold. The process must stop.</summary>
internal sealed class InvariantBrokenException(string message) : Exception(message);
