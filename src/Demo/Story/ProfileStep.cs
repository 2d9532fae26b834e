using KpGrpc.Demo.Steps;
using KpGrpc.Protos.Learner.V1;

namespace KpGrpc.Demo.Story;

/// <summary>Who the learner is, as she herself may see it.</summary>
internal sealed class ProfileStep : IStoryStep
{
    private const int RecentShown = 5;

    public string Name => "A learner and her profile";

    public TimeSpan Deadline => TimeSpan.FromSeconds(30);

    public async Task RunAsync(DemoSession session, CancellationToken cancellationToken)
    {
        var learner = session.Story.Learner = ChosenLearner.Of(session.Data.Histories);
        var answer = await session.Learner().GetProfileAsync(
            new GetProfileRequest { LearnerId = learner.LearnerId, LanguageTag = LearnerClients.Language }, cancellationToken: cancellationToken);
        var profile = answer.Profile;
        session.Console.Fact("learner", $"{learner.LearnerId}, the one with the longest history of the input ({learner.WorkIds.Count} works)");
        session.Console.Fact("events on record", $"{profile.EventCount:N0}");
        session.Console.Fact("interests", string.Join(", ", profile.Interests.Select(interest => $"{Words.Of(interest.Field)} {interest.Weight:P0}")));
        if (profile.Tags.Count > 0)
        {
            session.Console.Fact("tags", string.Join(", ", profile.Tags.Take(RecentShown).Select(tag => tag.Text)));
        }

        foreach (var (index, work) in profile.RecentWorks.Take(RecentShown).Index())
        {
            session.Console.Fact(index == 0 ? "most recent works" : "", work.Title.Length > 0 ? work.Title : work.WorkId);
        }
    }
}
