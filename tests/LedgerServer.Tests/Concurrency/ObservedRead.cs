namespace KpGrpc.LedgerServer.Tests.Concurrency;

/// <summary>A question that was answered.</summary>
/// <param name="Client">Who called.</param>
/// <param name="Invoked">Before it was sent.</param>
/// <param name="Answered">After the answer had come.</param>
/// <param name="Sequence">The state that the answer shows: right after this place.</param>
/// <param name="Question">As <see cref="ModelAnswers"/> knows it.</param>
/// <param name="Answer">As <see cref="ModelAnswers"/> writes it.</param>
/// <param name="IsPast">Whether the question named the place, so that an old state is no fault.</param>
internal sealed record ObservedRead(int Client, long Invoked, long Answered, ulong Sequence, string Question, string Answer, bool IsPast)
    : Observed(Client, Invoked, Answered, Sequence);
