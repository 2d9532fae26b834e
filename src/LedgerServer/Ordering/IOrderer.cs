using System.Diagnostics.CodeAnalysis;

using KpGrpc.LedgerServer.Admission;
using KpGrpc.LedgerServer.Execution;

namespace KpGrpc.LedgerServer.Ordering;

/// <summary>
/// Gives admitted commands their place in the order and answers once they are durable. The engine behind it never
/// learns where the order comes from: from this process (<see cref="Local.LocalOrderer"/>) or from a chain.
/// </summary>
internal interface IOrderer
{
    /// <summary>Name in the status: <c>local</c> or <c>evm-inbox</c>.</summary>
    string Name { get; }

    /// <summary>Commands taken in and not yet committed.</summary>
    int QueuedCommands { get; }

    /// <summary>Payload bytes of the commands taken in and not yet committed.</summary>
    long QueuedBytes { get; }

    /// <summary>
    /// Takes in commands that follow each other in the order, unless the queue is full. Once taken in they are never
    /// cancelled: who goes away only stops waiting.
    /// </summary>
    /// <param name="commands">1 or more.</param>
    /// <param name="commit">
    /// Ends when the commands are durable, with one outcome each; faults with <see cref="OrderingStoppedException"/>
    /// where the outcome is unknown.
    /// </param>
    /// <returns>False where the queue is full: nothing was taken in.</returns>
    bool TrySubmit(IReadOnlyList<AdmittedCommand> commands, [NotNullWhen(true)] out Task<CommittedGroup>? commit);

    /// <summary>Reads the state between two commits, so that the answer is of durable state alone.</summary>
    /// <typeparam name="T">The answer, which must not hold on to the state.</typeparam>
    /// <param name="read">Runs on the engine's thread: short, without waiting.</param>
    /// <param name="answer">The answer; faults with <see cref="OrderingStoppedException"/> or what <paramref name="read"/> throws.</param>
    /// <returns>False where the queue is full.</returns>
    bool TryRead<T>(Func<LedgerState, T> read, [NotNullWhen(true)] out Task<T>? answer);
}
