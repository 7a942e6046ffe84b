(self.searchData = self.searchData || {}).first = {
"everywhere":[
"glimmer"
],
"same":[
["dose","dosis"]
],
"treated":"indications",
"kinds":{"indications":"Disease","adverse-events":"Harm","mechanisms":"Mechanism","practice":"Practice"},
"questions":[
["Place in therapy"],
["Effect"],
["Dose","grams per kg"],
["Harms here"],
["When not"],
["How often"],
["Alarm signs"],
["Prevention"],
["Shown in humans"],
["What to do"]
],
"records":[
["indications/crackle","Crackle",["Crackling skin","CS"],["popping","Knistern"],["A guideline puts IVIG third in line.","Place in therapy · the sources are in favour · corrected or updated"],[[[0],"place",0,"A guideline puts IVIG third in line.","the sources are in favour · corrected or updated","A child had it."],[[1],"effect",0,"Most patients became calm, more than with placebo.","the sources are in favour · disputed · RETRACTED · indirect: another disease · expression of concern","In a cohort it was 66 of 120."],[[2],"dose",1,"1-2 g/kg a cycle.","",""],[[3],"harms",0,"Hearts are to be watched.","indirect: a wider class of treatments · about treatments of this kind",""],[[4],"contraindications",0,"Not known. Nobody says when not.","",""]],[["line-of-therapy","Position in therapy: 1 claim"],["dosing","Dose and schedule: 4 claims"],["efficacy","Response: 8 claims"],["comparison","Comparisons: 7 claims"],["duration","Time to response and duration: 1 claim"],["relapse","Relapse and maintenance: 1 claim"],["caution","Cautions: 1 claim"],["background","Background: 1 claim"],["evidence-gap","What is not known: 1 claim"]]],
["indications/glimmer","Glimmer",[],[],["Not known. No source here says it.","Place in therapy"],[[[0,3,4],"place",0,"Not known. No source here says it.","",""],[[1],"effect",0,"Most of 9 patients came to rest.","the sources are divided · expression of concern · disputed",""],[[2],"dose",1,"Not known. No dose is told of it.","",""]],[["efficacy","Response: 2 claims"]]],
["adverse-events/hiccups","Hiccups",["Singultus"],[],["One patient of a hundred had hiccups.","How often · disputed"],[[[5],"frequency",0,"One patient of a hundred had hiccups.","disputed","By infusion it was 3.5 %."],[[6],"alarm",0,"They begin within hours.","expression of concern",""],[[7],"prevention",0,"A glass of water is said to help.","report by others · expression of concern","Give a glass of water, as it is said to help Watch hours after the infusion"]],[["frequency","How often: 5 claims"],["onset","When it occurs: 1 claim"],["risk-factor","In whom: 1 claim"],["prevention","Prevention: 1 claim"],["management","Management: 1 claim"]]],
["mechanisms/sponge","Sponge",[],[],["",""],[],[["mechanism","Mechanism: 4 claims"]]],
["practice/dosing","Giving it",[],[],["",""],[],[["dosing","Dose and schedule: 1 claim"],["monitoring","Monitoring: 1 claim"]]]
],
"across":[
["questions/indications/place.md","Indications: Place in therapy",[],"When is it given?",[]],
["questions/indications/effect.md","Indications: Effect",[],"What happens?",[]],
["questions/indications/dose.md","Indications: Dose",["grams per kg"],"How much?",[]],
["questions/indications/harms.md","Indications: Harms here",[],"What harms?",[]],
["questions/indications/contraindications.md","Indications: When not",[],"When is it not given?",[]]
],
"pages":[
["pathway.md","Is a globulin an option, now?",[],"A step at a time, to a card to print.",[]],
["doses.md","Doses",["grams"],"Regimens that sources state, disease by disease, and grams for a body weight.",[["calculator","Disease and body weight"],["doses--indications--crackle","Crackle"],["computed","How it is computed"]]],
["evidence.md","Evidence in numbers",[],"",[["map","Evidence map"],["basis","What an answer rests on"],["table--1","Claims by the highest level of their sources"],["table--2","Claims by kind"],["table--3","Sources by design"],["table--4","Sources by what was studied"],["table--5","Sources by how they were read"],["table--6","Sources by retraction state"],["table--7","Claims compared with their passages, which is no review"],["table--records","Records by the number of their claims"]]],
["disagreements.md","Claims that disagree",[],"",[["matter--1","Crackle"],["matter--answers","Answers on other records, with claims that say otherwise"]]],
["missing.md","Evidence still missing",[],"",[["pending","Papers that cannot be cited yet"],["gaps","What the sources say is not known"]]],
["a-z.md","A to Z",[],"",[["letter--1","C"],["letter--2","G"],["letter--3","H"],["letter--4","S"]]],
["references/index.md","References",[],"",[]],
["pathway-key/index.md","The pathway as charts and key",[],"",[["chart-overview","The pathway as a whole"],["key","Numbered key"],["table","Decision table"]]],
["pathway-key/place.md","Crackle",[],"",[["chart-place","Crackle"],["key","Numbered key"]]],
["pathway-key/unclear.md","Glimmer",[],"",[["chart-unclear","Glimmer"],["key","Numbered key"]]],
["pathway-key/none-cited.md","another",[],"",[["key","Numbered key"]]],
["pathway-key/stage--indication.md","Indication",[],"",[["key","Numbered key"]]],
["pathway-key/stage--regimen.md","Regimen",[],"",[["chart-stage--regimen","Regimen"],["key","Numbered key"]]],
["pathway-key/stage--response.md","Response",[],"",[["chart-stage--response","Response"],["key","Numbered key"]]],
["indications/index.md","Indications",[],"The first sentence of each answer, with the PMIDs of its sources; the answer in full is behind it.",[]],
["adverse-events/index.md","Adverse events",[],"",[]],
["mechanisms/index.md","Mechanisms",[],"",[]],
["practice/index.md","Practice",[],"",[]]
]
};
