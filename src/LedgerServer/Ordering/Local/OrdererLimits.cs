namespace KpGrpc.LedgerServer.Ordering.Local;

/// <summary>Bounds of a <see cref="LocalOrderer"/>, as <see cref="Configuration.LedgerOptions"/> documents them.</summary>
/// <param name="QueueMax">Most commands and questions that wait.</param>
/// <param name="QueueBytesMax">Most payload bytes of the commands that wait.</param>
/// <param name="BatchCommandsMax">Commands at which a commit closes; a group is never divided.</param>
/// <param name="ReadsPerCommitMax">Most questions that are answered before the next commit.</param>
internal sealed record OrdererLimits(int QueueMax, long QueueBytesMax, int BatchCommandsMax, int ReadsPerCommitMax);
