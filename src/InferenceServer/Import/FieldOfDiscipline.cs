namespace KpGrpc.InferenceServer.Import;

/// <summary>Places a Chinese discipline or course name in one of the contract's fields by the words in it; what nothing matches is education.</summary>
internal static class FieldOfDiscipline
{
    private static readonly (string Field, string[] Words)[] Rules =
    [
        ("health", ["医", "药", "护理", "健康", "卫生", "营养", "疾病", "心理", "急救"]),
        ("finance", ["金融", "经济", "会计", "财务", "财政", "投资", "理财", "保险", "证券", "税", "审计", "银行"]),
        ("vocational_skills", ["工程", "技术", "软件", "编程", "程序", "机械", "电气", "制造", "施工", "实训", "技能", "就业", "创业", "营销", "管理"]),
        ("culture", ["艺术", "文学", "历史", "哲学", "音乐", "美术", "文化", "电影", "戏剧", "书法", "舞蹈", "设计学", "考古", "诗"]),
    ];

    /// <summary>The field in the contract's words.</summary>
    public static string Of(string text) =>
        Rules.FirstOrDefault(rule => rule.Words.Any(word => text.Contains(word, StringComparison.Ordinal))).Field ?? "education";
}
