using Grpc.Core;

using KpGrpc.Protos.Profile.V1;

namespace KpGrpc.Gateway.Tests.Fakes;

/// <summary>Profiles of <see cref="FakeInference"/>: a version that counts the learner's events.</summary>
public sealed class FakeProfileService(FakeInference inference) : ProfileService.ProfileServiceBase
{
    public override async Task<GetProfileResponse> GetProfile(GetProfileRequest request, ServerCallContext context)
    {
        inference.ThrowIfAway();
        inference.CountProfileRead();
        var mine = inference.Events.Values.Where(entry => entry.LearnerId == request.LearnerId).ToArray();
        var profile = new UserProfile { LearnerId = request.LearnerId, Version = (ulong)mine.Length + 1 };
        profile.RecentWorks.Add(mine.Select(entry => new WorkActivity { WorkId = entry.WorkId, LastAt = entry.OccurredAt }));
        if (inference.HoldProfiles is { } hold)
        {
            await hold.Task.WaitAsync(context.CancellationToken);
        }

        return new GetProfileResponse { Profile = profile };
    }

    public override Task<DeleteLearnerResponse> DeleteLearner(DeleteLearnerRequest request, ServerCallContext context)
    {
        inference.ThrowIfAway();
        var answer = new DeleteLearnerResponse();
        foreach (var (id, entry) in inference.Events)
        {
            answer.ErasedEvents += entry.LearnerId == request.LearnerId && inference.Events.TryRemove(id, out _) ? 1u : 0;
        }

        return Task.FromResult(answer);
    }
}
