import { readScenes } from '../scene.ts';

/** Shops, cafés and others who need more than six. */
export const wholesaleScenes = readScenes(String.raw`
@ about.html
> {Hello, I run a small café in $city|We are opening a café in $city} and would love your mugs. Do you have wholesale prices?
< $hello, we do: from {24|30} pieces it is a third off, from 100 we talk. When do you open?
> {In eight weeks.|Early spring.} About $dozens mugs, half of them with saucers.
# $dozens mugs in eight weeks is one and a half firings. Jonas, does that fit?
< That works if we know by {the end of the month|Friday}. I send you {two samples|a mug and a saucer}, so your barista can try the handle.
> {That would be great. Address comes by mail.|Fantastic. We decide within a week of having them.}
?< Samples left this morning.
?> They are here and everybody wants to keep one. We take $dozens.

@ collection.html
> {Do you work with resellers?|I have a design shop in $city. Do you supply shops?}
< With {nine at the moment|a few}, one per town so that nobody treads on toes. $city is {free|still free, I checked}.
> {Wonderful. What are the conditions?|And your terms?}
< A first order of €400, a third off the list, thirty days to pay. What does not sell in a year we {swap for something else|take back}.
> {Reasonable. I will look at the range and come back to you.|Sounds good, can you send a price list?}
?< The list is in your mail.

@ collection.html
> Our restaurant needs {60|80|120} plates, 26 cm, in the Dune colours. {Possible?|Could you make that size?}
< The Dunes end at 22, our kiln shelves are 48 wide. At 26 only one fits where four do now, so they would cost {€38|€41} each.
# Asked the tile kiln in town whether we may use their big one in February
> {That is over budget, 32 would work.|Hm. What would 24 cm cost?}
< {Two fit at 24: that is €31.|At 24 cm it is €31, and I think nobody would see the difference.}
> {Let me talk to the chef.|24 it is. Can we have three colours?}

@ about.html
> {We would like to give all $dozens employees a mug at the end of the year.|Company gift: $dozens mugs with our logo, possible?}
< $dozens is fine if we know by {mid October|the end of September}. A logo we can stamp into the foot, not print on the side: it lasts longer than most companies.
> {Ha. The foot is fine.|I like that. What do you need from us?}
< A black and white drawing, {3 cm wide|as a file}, and half in advance.
?# Stamp maker needs ten days
?> Drawing is in your mail.

@ collection.html
> The last delivery ({order $order|$order}) had {two mugs|a bowl} less than on the slip.
< Sorry! {I credit them on the next invoice|They come with the next pallet}. Which do you prefer?
> {Credit is fine.|With the next pallet, please.}

@ collection.html
> {Can we move our standing order from 30 to 40 Tide bowls?|We would like to raise the monthly order to 40 bowls.} {They sell out every month.|Our customers love them.}
< With pleasure! {From the next firing on.|It starts next month.} 
# Standing order raised to 40 from next month. Mara is throwing Thursdays now.
> {Perfect.|Great, thank you Ines.}

@ about.html
> Could you lend us pieces for a photo shoot? {We are a food magazine.|It is a cookbook about soups.}
< Gladly, for {two weeks|as long as you need}, if the name stands in the book. What do you have in mind?
> {Bowls, mostly. Dark ones.|Everything that looks good under soup.}
< Then eight Tide bowls and some Dunes. They {leave on Monday|can be picked up any day}.
?> You'll get the pages before print.

@ collection.html
> {Price list for trade customers?|Please send your trade price list.} {We are a florist in $city, interested in the Reed vase.|Mainly planters.}
< It is in your mail. {For vases the third off starts at 12 pieces.|Below 24 pieces it is a fifth off.}
?> {Thanks, we will order next week.|Received.}

@ collection.html
> When is invoice for $order due? {Accounting is asking.|We pay on the 15th, is that ok?}
< {Thirty days from delivery, so the 15th is fine.|No hurry, the 15th is fine.}
> {Great, thanks|Thank you}

@ about.html
> {Would you make a teapot to our own design?|We are a tea house and dream of our own pot.} {I have drawings.|About 40 pieces a year.}
< Show me! A new shape costs us about {three weeks|four weeks} of failures, which we share half and half. After that it is a pot like any other.
> {Sounds fair. Drawings are on their way.|Very fair. Could we visit to talk about it?}
# Drawing looks good, the spout is too low. Mara wants to try on Monday.
< {Please do, Tuesday afternoon is quiet.|Mara has looked at it and has opinions about the spout, good ones.}
?> {Tuesday at three then.|Now I am curious!}
`);
