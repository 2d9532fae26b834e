namespace KpGrpc.Client.Gathering;

/// <summary>Bounds of a <see cref="Gatherer{TItem}"/>, all 1 or more.</summary>
/// <param name="QueueMax">Items that wait.</param>
/// <param name="TakeMax">Items in one send.</param>
/// <param name="SendsMax">Sends under way.</param>
/// <param name="BesideMin">Waiting items that are worth a further send beside a running one.</param>
internal sealed record GatherBounds(int QueueMax, int TakeMax, int SendsMax, int BesideMin);
